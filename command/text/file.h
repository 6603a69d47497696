// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Whole files, with errors that name the file, the cause and the remedy.

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace exitscope::command::text {

/// Something the user gave cannot be used; the message says what, why and what to do.
struct InputError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// The bytes of a file. Throws InputError.
[[nodiscard]] std::string read_file(const std::filesystem::path& path);

/// Writes a file anew, in one step: a reader sees the old file or the new one, never a part.
/// Creates the folder. Throws InputError.
void write_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace exitscope::command::text
