// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What `exitscope doctor` says of one thing.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace exitscope::command::doctor {

/// note: worth knowing. warning: a run works, but its counts or its noise may suffer. problem: no run works.
enum class State : std::uint8_t { ok, note, warning, problem };

[[nodiscard]] constexpr std::string_view name_of(State state) {
    switch (state) {
        case State::ok:
            return "ok";
        case State::note:
            return "note";
        case State::warning:
            return "warning";
        default:
            return "problem";
    }
}

struct Finding {
    std::string item;
    State state = State::ok;
    std::string text{};
    /// What to do; empty where nothing has to be done.
    std::string remedy{};

    bool operator==(const Finding&) const = default;
};

/// Where a run could be done, and whether it would work: it would if nothing is a problem.
struct Examination {
    std::string place;
    std::vector<Finding> findings{};

    [[nodiscard]] bool would_work() const;
};

[[nodiscard]] std::string text_of(const Examination& examination);
/// All examinations as one JSON document.
[[nodiscard]] std::string json_of(const std::vector<Examination>& examinations);

}  // namespace exitscope::command::doctor
