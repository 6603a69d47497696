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

/// A file that is written but not yet in its place: beside it, so that what was there stays until then.
class NewFile {
public:
    /// Creates the folder. Throws InputError.
    NewFile(std::filesystem::path path, std::string_view bytes);
    /// Removes what was not put in its place.
    ~NewFile();
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;
    NewFile(NewFile&&) = delete;
    NewFile& operator=(NewFile&&) = delete;

    /// In one step: a reader sees the old file or the new one, never a part. Throws InputError.
    void put_in_place();

private:
    std::filesystem::path path_;
    std::filesystem::path partial_;
};

/// Writes a file anew, in one step. Creates the folder. Throws InputError.
void write_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace exitscope::command::text
