// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What a sweep has measured, in a folder: a folder with usual results for each change, and one for the host
// as it is.

#include <filesystem>
#include <optional>
#include <string>

#include "evidence/setting.h"
#include "result/result.h"

namespace exitscope::command::sweep {

/// The folder of what no change was made for.
inline constexpr const char* unchanged_name = "unchanged";

class SweepFolder {
public:
    /// `made_of` names all that a count depends on, besides setting and change. Throws InputError where the
    /// folder holds a sweep made of something else.
    SweepFolder(std::filesystem::path folder, const std::string& made_of);

    /// Where the results of a change go.
    [[nodiscard]] std::filesystem::path of(const std::string& change) const { return folder_ / change; }

    /// Whether that was measured, or found to be impossible.
    [[nodiscard]] bool is_done(const std::string& change, const evidence::Setting& setting) const;

    [[nodiscard]] std::optional<result::Result> result(const std::string& change,
                                                       const evidence::Setting& setting) const;

    /// Why it could not be measured; empty where it was, or was not tried.
    [[nodiscard]] std::string refusal(const std::string& change, const evidence::Setting& setting) const;

    void refuse(const std::string& change, const evidence::Setting& setting, const std::string& why) const;

private:
    [[nodiscard]] std::filesystem::path file(const std::string& change, const evidence::Setting& setting,
                                             const char* ending) const;

    std::filesystem::path folder_;
};

}  // namespace exitscope::command::sweep
