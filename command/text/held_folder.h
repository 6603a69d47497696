// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// A folder that one run writes to, and no other one meanwhile.

#include <filesystem>

namespace exitscope::command::text {

/// Nothing stays of it in the folder, however the process ends.
class HeldFolder {
public:
    /// Makes the folder. Throws InputError if it cannot be made or written to, or if another process holds
    /// it.
    explicit HeldFolder(const std::filesystem::path& folder);
    ~HeldFolder();
    HeldFolder(const HeldFolder&) = delete;
    HeldFolder& operator=(const HeldFolder&) = delete;
    HeldFolder(HeldFolder&&) = delete;
    HeldFolder& operator=(HeldFolder&&) = delete;

private:
    int descriptor_;
};

}  // namespace exitscope::command::text
