// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The small files of /sys and /proc.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace exitscope::command::host_kvm {

/// The first line; nothing where the file cannot be read.
[[nodiscard]] std::optional<std::string> first_line(const std::filesystem::path& file);

/// All of the file without the line breaks at its end; nothing where it cannot be read.
[[nodiscard]] std::optional<std::string> value_in(const std::filesystem::path& file);

/// What is in a folder, by name; nothing where there is no such folder.
[[nodiscard]] std::vector<std::filesystem::path> entries_of(const std::filesystem::path& folder);

}  // namespace exitscope::command::host_kvm
