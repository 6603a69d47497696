// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "inner_linux/exitstat_line.h"

#include <fmt/core.h>

#include "text/file.h"
#include "text/json_value.h"

namespace exitscope::command::inner_linux {

namespace {

constexpr std::string_view start = R"({"exitstat":)";
constexpr std::uint64_t format_version = 1;

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
    if (begin == std::string_view::npos)
        return std::nullopt;
    text.remove_prefix(begin);
    while (text.ends_with('\n') || text.ends_with('\r'))
        text.remove_suffix(1);
    const text::JsonDocument document{text, where};
    const auto root = document.root();
    if (const auto version = root.at("exitstat").number(); version != format_version)
        root.at("exitstat")
            .fail(fmt::format("this exitscope reads version {}, the line is version {}", format_version,
                              version));
    ExitstatLine line{.name = root.has("name") ? root.at("name").text() : std::string{},
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
