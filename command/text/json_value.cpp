// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "text/json_value.h"

#include <fmt/format.h>

#include <limits>
#include <set>

#include "text/file.h"
#include "text/printable.h"

namespace exitscope::command::text {

namespace {

/// Refuses what a parser would take in silence: the later of two members of one name, and a depth that
/// only an attack on the stack has.
class Strictness {
public:
    explicit Strictness(std::string_view source) : source_{source} {}

    bool operator()(int depth, Json::parse_event_t event, const Json& value) {
        if (event == Json::parse_event_t::object_start || event == Json::parse_event_t::array_start) {
            if (depth >= deepest_json)
                throw InputError(fmt::format("{}: JSON nested more than {} deep; no file of exitscope is",
                                             source_, deepest_json));
        }
        if (event == Json::parse_event_t::object_start)
            names_.emplace_back();
        else if (event == Json::parse_event_t::object_end)
            names_.pop_back();
        else if (event == Json::parse_event_t::key)
            check_name(value.get_ref<const std::string&>());
        return true;
    }

private:
    void check_name(const std::string& name) {
        if (!names_.back().insert(name).second)
            throw InputError(fmt::format("{}: the member {} stands twice in one object; which one holds?",
                                         source_, printable(name)));
    }

    std::string_view source_;
    /// Of each object that is open.
    std::vector<std::set<std::string>> names_;
};

}  // namespace

Json parse_json(std::string_view text, std::string_view source) {
    try {
        auto json = Json::parse(text, Strictness{source});
        if (!json.is_object())
            throw InputError(
                fmt::format("{}: a JSON object was expected, found {}", source, json.type_name()));
        return json;
    } catch (const Json::exception& problem) {
        throw InputError(
            fmt::format("{}: no complete JSON, perhaps cut; make it anew ({})", source, problem.what()));
    }
}

std::string json_text(const Json& json) {
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
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

}  // namespace exitscope::command::text
