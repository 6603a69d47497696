// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The files that a run needs and makes.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "stages/guard.h"

namespace exitscope::command::stages {

/// A folder for one run's own files, removed with what is in it; even if this process is killed, which ends
/// its programs, too.
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
    std::optional<Guard> guard_{};
};

struct RunPlaces {
    /// The checkout, with scripts/ and lab/.
    std::filesystem::path root;
    /// This run's own files.
    std::filesystem::path work;
};

/// EXITSCOPE_ROOT, else the checkout that this command was built from; it may be gone.
[[nodiscard]] std::filesystem::path checkout_root();

/// Throws InputError if there is no checkout.
[[nodiscard]] RunPlaces find_places(const std::filesystem::path& work);

/// A file of the build folder that holds this command.
struct BuiltFile {
    std::filesystem::path path;
    /// The program and arguments that bring it up to date; empty where this is no build folder any more.
    std::vector<std::string> words;
};

/// By its path in the build folder and the target that it belongs to. Throws InputError if it is missing and
/// cannot be built.
[[nodiscard]] BuiltFile built_file(const std::filesystem::path& name, const std::string& target);

/// Why no kernel can be built in that folder, as its path is not absolute or holds a character that make or
/// the shell has other uses for; empty if one can. scripts/lib/cache-folder.sh refuses the same.
[[nodiscard]] std::string cache_problem(const std::string& folder);

/// $XDG_CACHE_HOME/exitscope, else ~/.cache/exitscope.
[[nodiscard]] std::filesystem::path cache_folder();

}  // namespace exitscope::command::stages
