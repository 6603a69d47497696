// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "inner_linux/exitstat_line.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "report/record.h"
#include "text/file.h"
#include "text/json_value.h"

namespace exitscope::command::inner_linux {

namespace {

constexpr std::string_view start = R"({"exitstat":)";
constexpr std::uint64_t format_version = 2;
constexpr std::string_view check_sum_start = R"(,"crc":")";
constexpr std::string_view line_end = R"("})";
/// What each line has, and hardly another text.
constexpr std::array<std::string_view, 4> parts{R"(,"counters":")", R"(,"since_creation":)",
                                                R"(,"reasons":[)", check_sum_start};

/// Throws InputError where the check sum at the line's end is not that of what stands before it.
void check_sum(std::string_view text, std::string_view where) {
    const auto begin = text.rfind(check_sum_start);
    if (begin == std::string_view::npos || !text.ends_with(line_end))
        throw text::InputError(fmt::format("{}: a line of exitstat's without its end: it is cut", where));
    const auto stated = text.substr(begin + check_sum_start.size());
    if (stated.substr(0, stated.size() - line_end.size()) !=
        fmt::format("{:08x}", report::crc32_of(text.substr(0, begin))))
        throw text::InputError(
            fmt::format("{}: a line of exitstat's whose check sum is wrong: it is mangled", where));
}

template <typename Value>
Value known(const text::JsonValue& json, std::optional<Value> (*parse)(std::string_view)) {
    const auto value = parse(json.text());
    if (!value)
        json.fail(fmt::format("unknown value \"{}\"", json.text()));
    return *value;
}

void read_reason(const text::JsonValue& json, ExitstatLine& line) {
    const auto reason = evidence::parse_reason(line.isa, json.at("reason").text());
    if (!reason)
        json.at("reason").fail(
            fmt::format("the manual defines no such exit reason of {}", name_of(line.isa)));
    if (!line.exits.emplace(*reason, json.at("exits").number()).second)
        json.at("reason").fail("stands twice");
    if (json.has("cycles"))
        line.cycles.emplace(*reason, json.at("cycles").number());
}

}  // namespace

std::optional<ExitstatLine> read_exitstat_line(std::string_view text, std::string_view where) {
    const auto begin = text.find(start);
    if (begin == std::string_view::npos) {
        if (std::ranges::any_of(parts,
                                [text](std::string_view part) { return text.find(part) != text.npos; }))
            throw text::InputError(fmt::format("{}: the rest of a line of exitstat's that is cut", where));
        return std::nullopt;
    }
    text.remove_prefix(begin);
    while (text.ends_with('\n') || text.ends_with('\r'))
        text.remove_suffix(1);
    // An older exitstat's line has no check sum, but says that it is one.
    const bool sealed = text.starts_with(fmt::format("{}{},", start, format_version));
    if (sealed)
        check_sum(text, where);
    const text::JsonDocument document{text, where};
    const auto root = document.root();
    if (const auto version = root.at("exitstat").number(); version != format_version)
        root.at("exitstat")
            .fail(fmt::format("this exitscope reads version {}, the line is version {}", format_version,
                              version));
    if (!sealed)
        root.fail("not as exitstat writes it");
    ExitstatLine line{.number = root.has("number") ? std::optional{root.at("number").number()} : std::nullopt,
                      .name = root.has("name") ? root.at("name").text() : std::string{},
                      .counters = root.at("counters").text(),
                      .since_creation = root.at("since_creation").boolean()};
    if (line.outside())
        return line;
    line.isa = known(root.at("isa"), model::parse_isa);
    line.paging = known(root.at("paging"), model::parse_paging);
    line.total = root.at("total").number();
    if (line.isa == model::InstructionSet::unknown)
        root.at("isa").fail("vmx or svm expected");
    for (const auto& reason : root.at("reasons").elements())
        read_reason(reason, line);
    return line;
}

}  // namespace exitscope::command::inner_linux
