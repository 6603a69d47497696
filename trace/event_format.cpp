// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "trace/event_format.h"

#include <charconv>
#include <optional>

namespace exitscope::trace {

namespace {

/// The decimal that follows `key` in `line`.
std::optional<std::uint32_t> number_after(std::string_view line, std::string_view key) {
    const auto at = line.find(key);
    if (at == std::string_view::npos)
        return std::nullopt;
    std::uint32_t number = 0;
    const auto digits = line.substr(at + key.size());
    if (std::from_chars(digits.data(), digits.data() + digits.size(), number).ec != std::errc{})
        return std::nullopt;
    return number;
}

/// The last word of `unsigned int exit_reason`; an array's ends with its brackets and is no number.
std::string_view name_in(std::string_view declaration) {
    return declaration.substr(declaration.find_last_of(" *") + 1);
}

/// A line `field:unsigned int exit_reason; offset:8; size:4; signed:0;`, with tabs between.
std::optional<EventField> field_in(std::string_view line) {
    constexpr std::string_view begin = "field:";
    const auto at = line.find(begin);
    if (at == std::string_view::npos)
        return std::nullopt;
    line.remove_prefix(at + begin.size());
    const auto offset = number_after(line, "offset:");
    const auto size = number_after(line, "size:");
    if (!offset || !size)
        return std::nullopt;
    return EventField{std::string{name_in(line.substr(0, line.find(';')))}, *offset, *size};
}

EventField find_field(std::string_view format, std::string_view event, std::string_view wanted) {
    while (!format.empty()) {
        const auto end = std::min(format.find('\n'), format.size());
        const auto field = field_in(format.substr(0, end));
        format.remove_prefix(std::min(end + 1, format.size()));
        if (!field || field->name != wanted)
            continue;
        if (field->size != sizeof(std::uint32_t) && field->size != sizeof(std::uint64_t))
            throw CannotTrace("the field " + field->name + " of the tracepoint " + std::string{event} +
                              " has " + std::to_string(field->size) + " bytes; 4 or 8 are known");
        return *field;
    }
    throw CannotTrace("the tracepoint " + std::string{event} + " of this kernel has no field " +
                      std::string{wanted});
}

}  // namespace

std::vector<EventField> read_fields(std::string_view format, std::string_view event,
                                    const std::vector<std::string_view>& wanted) {
    std::vector<EventField> fields;
    for (const auto name : wanted)
        fields.push_back(find_field(format, event, name));
    return fields;
}

}  // namespace exitscope::trace
