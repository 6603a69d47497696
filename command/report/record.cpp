// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "report/record.h"

#include <fmt/core.h>
#include <zlib.h>

#include "text/number.h"
#include "text/printable.h"

namespace exitscope::command::report {

namespace {

constexpr std::string_view exact_start = "# exact ";
constexpr std::string_view vary_start = "# vary ";
constexpr std::string_view crc_start = " crc=";

/// The line without its check sum. Throws Malformed where that is missing or wrong.
std::string_view without_check_sum(std::string_view line) {
    constexpr std::size_t check_sum_size = crc_start.size() + 8;
    if (line.size() < check_sum_size || !line.substr(line.size() - check_sum_size).starts_with(crc_start))
        throw Malformed("a record without a check sum; the line is cut or mangled");
    const auto text = line.substr(0, line.size() - check_sum_size);
    const auto stated = line.substr(line.size() - 8);
    const auto computed = fmt::format("{:08x}", crc32_of(text));
    if (stated != computed)
        throw Malformed(
            fmt::format("check sum {}, but the line's text gives {}", text::printable(stated), computed));
    return text;
}

constexpr bool is_key_character(char character) {
    return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9') ||
           character == '_' || character == '.';
}

/// Cuts the key and its = off the front.
std::string_view take_key(std::string_view& text) {
    std::size_t size = 0;
    while (size < text.size() && is_key_character(text[size]))
        ++size;
    if (size == 0 || size == text.size() || text[size] != '=')
        throw Malformed(fmt::format("no key=value: {}", text::printable(text)));
    const auto key = text.substr(0, size);
    text.remove_prefix(size + 1);
    return key;
}

/// Cuts a bare or quoted value off the front.
std::string_view take_value(std::string_view& text) {
    const bool quoted = text.starts_with('"');
    if (quoted)
        text.remove_prefix(1);
    const auto size = std::min(text.find(quoted ? '"' : ' '), text.size());
    const auto value = text.substr(0, size);
    if (quoted && size == text.size())
        throw Malformed("a quoted value without its end");
    if (!quoted && value.find('"') != std::string_view::npos)
        throw Malformed(fmt::format("a quote within a value: {}", text::printable(value)));
    text.remove_prefix(size + (quoted ? 1 : 0));
    return value;
}

}  // namespace

std::uint32_t crc32_of(std::string_view text) {
    const auto* const bytes = reinterpret_cast<const Bytef*>(text.data());
    return static_cast<std::uint32_t>(crc32_z(0, bytes, text.size()));
}

bool Record::claimed_by(std::string_view line) {
    return line.starts_with(exact_start) || line.starts_with(vary_start);
}

Record::Record(std::string_view line)
    : kind_{line.starts_with(exact_start) ? model::RecordKind::exact : model::RecordKind::vary} {
    auto text = without_check_sum(line);
    // Of `# exact  crc=...` nothing but `# exact` is left: the check sum took the blank.
    const auto start = kind_ == model::RecordKind::exact ? exact_start : vary_start;
    if (!text.starts_with(start))
        throw Malformed("a record with nothing but a check sum");
    text.remove_prefix(start.size());
    const auto size = std::min(text.find(' '), text.size());
    const auto position = text::parse_decimal(text.substr(0, size));
    if (!position)
        throw Malformed(fmt::format("no record number: {}", text::printable(text.substr(0, size))));
    position_ = *position;
    read_values(text.substr(size));
}

void Record::read_values(std::string_view text) {
    while (!text.empty()) {
        if (!text.starts_with(' '))
            throw Malformed(fmt::format("no space before {}", text::printable(text)));
        text.remove_prefix(1);
        const auto key = take_key(text);
        if (!values_.emplace(key, take_value(text)).second)
            throw Malformed(fmt::format("the key {} stands twice", key));
    }
}

std::string_view Record::word(std::string_view key) const {
    const auto found = values_.find(key);
    if (found == values_.end())
        throw Malformed(fmt::format("the key {} is missing", key));
    return found->second;
}

std::string_view Record::word_or_none(std::string_view key) const {
    return has(key) ? word(key) : std::string_view{};
}

std::uint64_t Record::number(std::string_view key) const {
    const auto value = text::parse_decimal(word(key));
    if (!value)
        throw Malformed(fmt::format("{}={} is no decimal of 64 bits", key, text::printable(word(key))));
    return *value;
}

evidence::Counts Record::counts(std::string_view group, model::InstructionSet isa) const {
    evidence::Counts counts;
    for (const auto& [key, value] : values_) {
        if (!key.starts_with(group) || !key.substr(group.size()).starts_with('.'))
            continue;
        const auto reason = evidence::parse_reason(isa, key.substr(group.size() + 1));
        if (!reason)
            throw Malformed(
                fmt::format("{}: the manual defines no such exit reason of {}", key, name_of(isa)));
        counts.emplace(*reason, number(key));
    }
    return counts;
}

evidence::ReportedCosts Record::costs(std::string_view key, model::InstructionSet isa) const {
    if (!has(key))
        return {};
    auto costs = evidence::parse_costs(isa, word(key));
    if (!costs)
        throw Malformed(fmt::format("{}={} is no list of REASON*EXITS@WHAT with reasons of {}", key,
                                    text::printable(word(key)), name_of(isa)));
    return std::move(*costs);
}

}  // namespace exitscope::command::report
