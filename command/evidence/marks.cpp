// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "evidence/marks.h"

#include <fmt/core.h>

#include "text/file.h"
#include "text/json_value.h"

namespace exitscope::command::evidence {

namespace {

using text::InputError;
using text::JsonValue;

[[noreturn]] void fail_as_cut(std::string_view place) {
    throw InputError(fmt::format(
        "{}: the last line is not the end: counting stopped before the VM did (was exitscope-trace "
        "killed, or is the disk full?)",
        place));
}

/// The last line tells the instruction set, so it is read first.
model::InstructionSet read_end(std::string_view line, std::string_view place) {
    const text::JsonDocument document{line, place};
    const auto root = document.root();
    if (!root.has("end"))
        fail_as_cut(place);
    if (const auto lost = root.at("lost_marks").number(); lost != 0)
        root.fail(fmt::format("{} marks were lost, for want of room; give more by --room", lost));
    if (const auto lost = root.at("lost_exits").number(); lost != 0)
        root.fail(fmt::format("{} exits of vCPUs above the last one that is counted", lost));
    const auto isa = model::parse_isa(root.at("isa").text());
    if (!isa || *isa == model::InstructionSet::unknown)
        root.at("isa").fail("no exit was seen: was the VM run by another process, or not by KVM?");
    return *isa;
}

Mark read_counts_of(const JsonValue& json, model::InstructionSet isa) {
    Mark mark{.slot = json.has("slot") ? json.at("slot").number() : 0, .total = json.at("total").number()};
    const auto exits = json.at("exits");
    for (const auto& [key, value] : exits.members()) {
        const auto reason = parse_reason(isa, key);
        if (!reason)
            value.fail(fmt::format("the manual defines no such exit reason of {}", name_of(isa)));
        mark.exits.emplace(*reason, value.number());
    }
    if (json.has("others"))
        json.at("others").fail("exits of reasons that the manual does not define");
    if (const auto sum = sum_of(mark.exits); sum != mark.total)
        exits.fail(
            fmt::format("the reasons add up to {} exits, the total says {}", sum_text(sum), mark.total));
    return mark;
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

}  // namespace

Marks read_marks(std::string_view text, std::string_view source) {
    const auto lines = lines_of(text);
    if (lines.empty())
        throw InputError(fmt::format("{}: empty: nothing was counted", source));
    const auto place = [source](std::size_t line) { return fmt::format("{}:{}", source, line); };
    if (!text.ends_with('\n'))
        fail_as_cut(place(lines.size()));
    Marks marks{.isa = read_end(lines.back(), place(lines.size()))};
    std::optional<std::uint64_t> vcpu;
    for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
        const text::JsonDocument document{lines[i], place(i + 1)};
        const auto root = document.root();
        if (root.has("final")) {
            marks.finals.emplace(root.at("final").number(), read_counts_of(root, marks.isa));
            continue;
        }
        if (const auto number = root.at("mark").number(); number != marks.marks.size() + 1)
            root.at("mark").fail(fmt::format("mark {} where {} should be", number, marks.marks.size() + 1));
        if (const auto of = root.at("vcpu").number(); vcpu.value_or(of) != of)
            root.at("vcpu").fail(
                fmt::format("a mark of vCPU {}, where those before are of vCPU {}", of, *vcpu));
        else
            vcpu = of;
        marks.marks.push_back(read_counts_of(root, marks.isa));
    }
    return marks;
}

std::optional<MarkedWindow> window_at(const Marks& marks, std::uint64_t number) {
    if (number == 0 || number >= marks.marks.size())
        return std::nullopt;
    const auto& begin = marks.marks[number - 1];
    const auto& end = marks.marks[number];
    if (begin.slot != 0 || end.slot != 1 || end.total < begin.total)
        return std::nullopt;
    for (const auto& [reason, count] : begin.exits) {
        if (count_of(end.exits, reason) < count)
            return std::nullopt;
    }
    MarkedWindow window{.total = end.total - begin.total};
    for (const auto& [reason, count] : end.exits) {
        const auto before = count_of(begin.exits, reason);
        if (count != before)
            window.exits.emplace(reason, count - before);
    }
    return window;
}

}  // namespace exitscope::command::evidence
