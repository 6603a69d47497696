// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What one run of the lab leaves in the folder that the user named.

#include <filesystem>

namespace exitscope::command::lab {

/// Makes `out` and removes what an earlier run left there, so that it is not taken for this one's; other
/// files stay. Does nothing for an empty path. Throws InputError.
void make_room(const std::filesystem::path& out);

/// Copies what L1 said, and the files of its first run, to `out`; does nothing for an empty path.
/// Throws InputError.
void keep_files(const std::filesystem::path& results, const std::filesystem::path& out);

}  // namespace exitscope::command::lab
