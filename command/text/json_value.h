// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// JSON whose every value is asked for by name and type, and whose errors say where.

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace exitscope::command::text {

using Json = nlohmann::ordered_json;

/// How many objects and arrays may stand within each other; result files have 6.
inline constexpr int deepest_json = 64;

/// Reads a whole text as one JSON object. Throws InputError, which begins with `source`, also where a member
/// stands twice or the nesting is deeper than `deepest_json`.
[[nodiscard]] Json parse_json(std::string_view text, std::string_view source);

/// The text of a JSON value, as it is written to a file.
[[nodiscard]] std::string json_text(const Json& json);

/// A value within a JSON document and the way to it. Every access throws InputError where it does not fit.
class JsonValue {
public:
    JsonValue(const Json& json, std::string where) : json_{json}, where_{std::move(where)} {}

    [[nodiscard]] bool is_null() const { return json_.is_null(); }

    /// The member of that name, which has to be there.
    [[nodiscard]] JsonValue at(std::string_view name) const;

    /// True for an object with that member.
    [[nodiscard]] bool has(std::string_view name) const;

    [[nodiscard]] bool boolean() const;
    [[nodiscard]] std::string text() const;

    /// An unsigned integer of 64 bits.
    [[nodiscard]] std::uint64_t number() const;

    /// A signed integer as an `int`.
    [[nodiscard]] int integer() const;

    [[nodiscard]] std::vector<JsonValue> elements() const;

    /// The members of an object, in the file's order.
    [[nodiscard]] std::vector<std::pair<std::string, JsonValue>> members() const;

    /// An object of texts.
    [[nodiscard]] std::map<std::string, std::string> texts() const;

    /// Throws InputError: where this value stands, and what is wrong with it.
    [[noreturn]] void fail(std::string_view problem) const;

private:
    void expect(bool fits, std::string_view type) const;

    const Json& json_;
    std::string where_;
};

}  // namespace exitscope::command::text
