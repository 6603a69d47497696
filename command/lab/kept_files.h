// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What one run of the lab leaves in the folder that the user named.

#include <filesystem>
#include <optional>
#include <string>

#include "text/held_folder.h"

namespace exitscope::command::lab {

class KeptFiles {
public:
    /// Makes `out` and holds it; for an empty path nothing here does anything. Throws InputError.
    explicit KeptFiles(std::filesystem::path out);

    /// Copies what L1 said, and the files of its first run, to `out`. What an earlier run left there is
    /// removed; other files stay. A run that was not done does not replace one that was: its files go to the
    /// folder `unmeasured` in `out`. Returns where they went. Throws InputError.
    std::filesystem::path keep(const std::filesystem::path& results, bool is_done);

    /// Says whose files the folder holds where they are an earlier run's; else it is empty.
    [[nodiscard]] std::string what_stayed() const;

private:
    std::filesystem::path out_;
    std::optional<text::HeldFolder> held_{};
    bool is_ours_ = false;
};

}  // namespace exitscope::command::lab
