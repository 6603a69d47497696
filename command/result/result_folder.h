// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// A folder of results, in which a run that measured nothing never replaces one that measured something.

#include <filesystem>
#include <map>
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

    /// The folder for the files of a setting's result. What an earlier run left of that setting is removed,
    /// unless it holds a count and this run has none: then it stays, and the folder is `unmeasured` in it.
    [[nodiscard]] std::filesystem::path place_for(const Result& result);

    /// Where place_for() put the setting last.
    [[nodiscard]] std::filesystem::path place_of(std::string_view setting) const;

    /// A line for a setting of which the folder still holds an earlier run's result: which file it is, and
    /// where this run's is. Empty where it holds none.
    [[nodiscard]] std::string what_stayed(std::string_view setting) const;

private:
    enum class ResultPlace : std::uint8_t { here, aside };

    std::filesystem::path folder_;
    std::map<std::string, ResultPlace, std::less<>> places_{};
};

}  // namespace exitscope::command::result
