// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The files that a run needs and makes.

#include <filesystem>

namespace exitscope {

/// A folder for one run's own files, removed with what is in it.
class WorkFolder {
public:
    /// In TMPDIR, else /tmp. Throws InputError.
    WorkFolder();
    ~WorkFolder();
    WorkFolder(const WorkFolder&) = delete;
    WorkFolder& operator=(const WorkFolder&) = delete;
    WorkFolder(WorkFolder&&) = delete;
    WorkFolder& operator=(WorkFolder&&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

struct RunPlaces {
    /// The checkout, with scripts/ and lab/: EXITSCOPE_ROOT, else the one that this command was built from.
    std::filesystem::path root;
    /// The guest kernel.
    std::filesystem::path guest;
    std::filesystem::path work;
};

/// `guest` may be empty: the one that was built beside this command. Throws InputError if one is missing.
[[nodiscard]] RunPlaces find_places(const std::filesystem::path& guest, const std::filesystem::path& work);

/// $XDG_CACHE_HOME/exitscope, else ~/.cache/exitscope.
[[nodiscard]] std::filesystem::path cache_folder();

}  // namespace exitscope
