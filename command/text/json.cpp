// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "text/json.h"

#include <fmt/core.h>

#include <set>

#include "text/file.h"
#include "text/printable.h"

namespace exitscope::command::text {

namespace {

/// Refuses what the parser accepts without a word: a member that is given twice, and nesting so deep that it
/// could exhaust the stack.
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

}  // namespace exitscope::command::text
