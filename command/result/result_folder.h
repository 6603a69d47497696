// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// A folder of results, in which a run that measured nothing never replaces one that measured something.

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "result/result.h"

namespace exitscope::command::result {

/// Whether there is an exact count in it: of a workload, or of the one that ended the guest.
[[nodiscard]] bool holds_a_count(const Result& result);

class ResultFolder {
public:
    /// Nothing is touched before a result of this run is there.
    explicit ResultFolder(std::filesystem::path folder) : folder_{std::move(folder)} {}

    /// Writes NAME.json and, where there is one, the report as NAME.ktap. What an earlier run left of that
    /// setting goes when both are written, unless it holds a count and this run has none: then it stays, and
    /// they are in the folder `unmeasured`. Throws InputError; an earlier result is
    /// still there then.
    void keep(const Result& result, const std::string& name, const std::optional<std::string>& report);

    /// Where keep() put the setting last.
    [[nodiscard]] std::filesystem::path place_of(std::string_view setting) const;

    /// A line for a setting of which the folder still holds an earlier run's result: which files these are,
    /// and where this run's is. Empty where it holds none.
    [[nodiscard]] std::string what_stayed(std::string_view setting) const;

private:
    enum class ResultPlace : std::uint8_t { here, aside };

    /// Where a result of this run goes, and what has to go for it.
    struct Move {
        ResultPlace place = ResultPlace::here;
        std::vector<std::filesystem::path> outdated{};
        /// Of this run's, from `unmeasured`.
        std::vector<std::filesystem::path> taken_along{};
    };
    [[nodiscard]] Move move_for(const Result& result) const;
    [[nodiscard]] std::filesystem::path folder_of(ResultPlace place) const;

    std::filesystem::path folder_;
    std::map<std::string, ResultPlace, std::less<>> places_{};
};

}  // namespace exitscope::command::result
