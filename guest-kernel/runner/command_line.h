// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The kernel's command line: `workloads=a,b iterations=N list terminal=triple_fault counters=trace:vmx:shadow
// told=...`.

#include <cstdint>
#include <string_view>

#include "model/instruction_set.h"
#include "workloads/workload.h"

namespace exitscope::runner {

struct GuestRequest {
    static constexpr std::uint64_t default_iterations = 100;
    static constexpr std::uint64_t max_iterations = workloads::most_iterations;

    /// Comma-separated names; empty means all.
    std::string_view workloads;
    std::uint64_t iterations = default_iterations;
    bool list = false;
    /// Whether the machine is to end by a triple fault, which only the host can see.
    bool triple_fault = false;

    /// The exits are counted from outside, of this instruction set under this paging.
    bool outside = false;
    model::InstructionSet isa = model::InstructionSet::unknown;
    model::Paging paging = model::Paging::unknown;
    /// What was counted of the first windows (told_counts.h). Without it the run ends after these.
    std::string_view told;

    /// What is wrong, empty if nothing; `culprit` is the word at fault.
    std::string_view problem;
    std::string_view culprit;
};

/// Cuts the first word off `text`, at `separator`; empty at the end.
constexpr std::string_view next_word(std::string_view& text, char separator) {
    while (!text.empty() && text.front() == separator)
        text.remove_prefix(1);
    std::size_t length = 0;
    while (length < text.size() && text[length] != separator)
        ++length;
    const std::string_view word{text.data(), length};
    text.remove_prefix(length);
    return word;
}

/// GRUB puts an argument that holds a blank between two quotes.
[[nodiscard]] constexpr bool is_between_words(char c) {
    return c == ' ' || c == '\t' || c == '"';
}

constexpr std::string_view next_argument(std::string_view& text) {
    while (!text.empty() && is_between_words(text.front()))
        text.remove_prefix(1);
    std::size_t length = 0;
    while (length < text.size() && !is_between_words(text[length]))
        ++length;
    const std::string_view word{text.data(), length};
    text.remove_prefix(length);
    return word;
}

inline constexpr std::string_view list_word = "list";
inline constexpr std::string_view workloads_key = "workloads=";
inline constexpr std::string_view iterations_key = "iterations=";
inline constexpr std::string_view terminal_key = "terminal=";
inline constexpr std::string_view counters_key = "counters=";
inline constexpr std::string_view told_key = "told=";

[[nodiscard]] constexpr bool is_known(std::string_view word) {
    for (const auto key : {workloads_key, iterations_key, terminal_key, counters_key, told_key}) {
        if (word.starts_with(key))
            return true;
    }
    return word == list_word;
}

/// What follows the image's own name, which some loaders put first. It may be a path with blanks in it, and
/// so it goes on to the last word with a slash before the first key; `is_named` if the first word is of it in
/// any case. A mistyped key has no slash, and is not taken for a part of it.
[[nodiscard]] constexpr std::string_view without_name(std::string_view text, bool is_named) {
    auto rest = text;
    if (is_named)
        next_argument(rest);
    for (auto left = rest; !left.empty();) {
        const auto word = next_argument(left);
        if (is_known(word))
            break;
        for (const char c : word) {  // find() would call memchr(), which there is not
            if (c == '/')
                rest = left;
        }
    }
    return rest;
}

/// Reads a decimal in [1, max]; 0 for anything else.
[[nodiscard]] constexpr std::uint64_t parse_positive(std::string_view digits, std::uint64_t max) {
    std::uint64_t value = 0;
    for (const char digit : digits) {
        if (digit < '0' || digit > '9')
            return 0;
        value = value * 10 + static_cast<std::uint64_t>(digit - '0');
        if (value > max)
            return 0;
    }
    return value;
}

/// `trace:vmx:shadow`; false for anything else.
constexpr bool read_counters(std::string_view value, GuestRequest& request) {
    if (next_word(value, ':') != "trace")
        return false;
    const auto isa = model::parse_isa(next_word(value, ':'));
    if (!value.empty())
        value.remove_prefix(1);
    const auto paging = model::parse_paging(value);
    if (!isa || !paging || *isa == model::InstructionSet::unknown || *paging == model::Paging::unknown)
        return false;
    request.outside = true;
    request.isa = *isa;
    request.paging = *paging;
    return true;
}

/// Reads the words after the image's own name; stops at the first that it does not know.
[[nodiscard]] constexpr GuestRequest parse_command_line(std::string_view text) {
    GuestRequest result;
    for (auto word = next_argument(text); !word.empty(); word = next_argument(text)) {
        auto value = word;
        if (word == list_word) {
            result.list = true;
        } else if (word.starts_with(workloads_key)) {
            value.remove_prefix(workloads_key.size());
            result.workloads = value;
            if (value.empty())
                result.problem = "no workload named";
        } else if (word.starts_with(iterations_key)) {
            value.remove_prefix(iterations_key.size());
            result.iterations = parse_positive(value, GuestRequest::max_iterations);
            if (result.iterations == 0)
                result.problem = "iterations must be a number from 1 to 5000";
        } else if (word.starts_with(terminal_key)) {
            value.remove_prefix(terminal_key.size());
            result.triple_fault = value == "triple_fault";
            if (!result.triple_fault)
                result.problem = "unknown terminal workload";
        } else if (word.starts_with(counters_key)) {
            value.remove_prefix(counters_key.size());
            if (!read_counters(value, result))
                result.problem = "counters are trace:vmx or trace:svm, and :shadow or :two-dimensional";
        } else if (word.starts_with(told_key)) {
            value.remove_prefix(told_key.size());
            result.told = value;
        } else {
            result.problem = "unknown key";
        }
        if (!result.problem.empty()) {
            result.culprit = word;
            break;
        }
    }
    return result;
}

static_assert(parse_command_line("").iterations == GuestRequest::default_iterations);
static_assert(parse_command_line("workloads=a,b  list").workloads == "a,b");
static_assert(parse_command_line("iterations=5000").problem.empty());
static_assert(parse_command_line("terminal=triple_fault").triple_fault);
static_assert(parse_command_line("counters=trace:svm:two-dimensional").paging ==
              model::Paging::two_dimensional);
static_assert(!parse_command_line("counters=trace:svm").problem.empty());
static_assert(parse_command_line(without_name("/tmp/a b/g list", true)).list);
static_assert(parse_command_line("iterations=5001").culprit == "iterations=5001");

}  // namespace exitscope::runner
