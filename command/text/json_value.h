// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// JSON that is read value by value, each by its name and type; errors name the place.

#include <cstdint>
#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace exitscope::command::text {

/// A value within a JSON document, and its path for messages. Every access throws InputError where it does
/// not fit.
class JsonValue {
public:
    JsonValue(const nlohmann::ordered_json& json, std::string where)
        : json_{json}, where_{std::move(where)} {}

    [[nodiscard]] bool is_null() const;

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

    const nlohmann::ordered_json& json_;
    std::string where_;
};

/// A text that was read as one JSON object.
class JsonDocument {
public:
    /// Throws InputError, which begins with `source`, also where a member stands twice or the nesting is
    /// deeper than any file of exitscope.
    JsonDocument(std::string_view text, std::string_view source);
    ~JsonDocument();

    JsonDocument(const JsonDocument&) = delete;
    JsonDocument& operator=(const JsonDocument&) = delete;
    JsonDocument(JsonDocument&&) = delete;
    JsonDocument& operator=(JsonDocument&&) = delete;

    /// The object; it may not outlive the document.
    [[nodiscard]] JsonValue root() const { return {*json_, source_}; }

private:
    std::unique_ptr<const nlohmann::ordered_json> json_;
    std::string source_;
};

}  // namespace exitscope::command::text
