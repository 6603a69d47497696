// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "text/json_value.h"

#include <fmt/core.h>

#include <limits>

#include "text/file.h"
#include "text/json.h"

namespace exitscope::command::text {

bool JsonValue::is_null() const {
    return json_.is_null();
}

JsonValue JsonValue::at(std::string_view name) const {
    expect(json_.is_object(), "object");
    const auto found = json_.find(std::string{name});
    if (found == json_.end())
        fail(fmt::format("the member \"{}\" is missing", name));
    return {*found, fmt::format("{}.{}", where_, name)};
}

bool JsonValue::has(std::string_view name) const {
    return json_.is_object() && json_.contains(name);
}

bool JsonValue::boolean() const {
    expect(json_.is_boolean(), "true or false");
    return json_.get<bool>();
}

std::string JsonValue::text() const {
    expect(json_.is_string(), "string");
    return json_.get<std::string>();
}

std::uint64_t JsonValue::number() const {
    expect(json_.is_number_unsigned(), "unsigned integer of 64 bits");
    return json_.get<std::uint64_t>();
}

int JsonValue::integer() const {
    expect(json_.is_number_integer(), "integer");
    const auto value = json_.get<std::int64_t>();
    if (value < std::numeric_limits<int>::min() || value > std::numeric_limits<int>::max())
        fail("out of range");
    return static_cast<int>(value);
}

std::vector<JsonValue> JsonValue::elements() const {
    expect(json_.is_array(), "array");
    std::vector<JsonValue> elements;
    for (const auto& element : json_)
        elements.emplace_back(element, fmt::format("{}[{}]", where_, elements.size()));
    return elements;
}

std::vector<std::pair<std::string, JsonValue>> JsonValue::members() const {
    expect(json_.is_object(), "object");
    std::vector<std::pair<std::string, JsonValue>> members;
    for (const auto& [name, value] : json_.items())
        members.emplace_back(name, JsonValue{value, fmt::format("{}.{}", where_, name)});
    return members;
}

std::map<std::string, std::string> JsonValue::texts() const {
    std::map<std::string, std::string> texts;
    for (const auto& [name, value] : members())
        texts.emplace(name, value.text());
    return texts;
}

void JsonValue::fail(std::string_view problem) const {
    throw InputError(fmt::format("{}: {}", where_, problem));
}

void JsonValue::expect(bool fits, std::string_view type) const {
    if (!fits)
        fail(fmt::format("{} expected, found {}", type,
                         json_.dump(-1, ' ', false, Json::error_handler_t::replace)));
}

JsonDocument::JsonDocument(std::string_view text, std::string_view source)
    : json_{std::make_unique<const Json>(parse_json(text, source))}, source_{source} {}

JsonDocument::~JsonDocument() = default;

}  // namespace exitscope::command::text
