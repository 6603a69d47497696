// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The console of the KVM host.

#include <filesystem>
#include <string>
#include <vector>

namespace exitscope::command::result {

/// The lines, at most three, in which the host's kernel reports its own failure: a panic, an oops, a BUG,
/// or a warning out of KVM. Counts that were taken then are not reliable.
///
/// The log may be of any size. Throws InputError where it cannot be read.
[[nodiscard]] std::vector<std::string> kernel_complaints(const std::filesystem::path& log);

}  // namespace exitscope::command::result
