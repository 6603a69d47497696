// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "stages/run_places.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

#include "text/file.h"

namespace exitscope::command::stages {

namespace {

/// What ninja says of a failure it says on standard output, which is not shown.
constexpr const char* to_stderr = R"(exec "$@" >&2)";

std::string variable(const char* name, const std::string& otherwise) {
    const char* const value = std::getenv(name);
    return value != nullptr && *value != '\0' ? value : otherwise;
}

}  // namespace

WorkFolder::WorkFolder() {
    auto pattern = variable("TMPDIR", "/tmp") + "/exitscope-run.XXXXXX";
    if (mkdtemp(pattern.data()) == nullptr)
        throw text::InputError(
            fmt::format("{}: no folder can be made: {}; set TMPDIR to one that may be written", pattern,
                        std::strerror(errno)));
    path_ = pattern;
    guard_.emplace(path_);
}

WorkFolder::~WorkFolder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
}

std::filesystem::path checkout_root() {
    return variable("EXITSCOPE_ROOT", EXITSCOPE_CHECKOUT);
}

std::string cache_problem(const std::string& folder) {
    constexpr std::string_view bad = " \t\n\v\f\r\"'`\\$&|;<>(){}*?!^#%,:=[]";
    const auto at = folder.find_first_of(bad);
    if (folder.starts_with('/') && at == std::string::npos)
        return {};
    const auto what = !folder.starts_with('/') ? std::string{"it does not begin with /"}
                      : folder[at] == ' '      ? std::string{"it holds a blank"}
                                               : fmt::format("it holds a {}", folder[at]);
    return fmt::format(
        "the cache folder '{}' cannot be taken: {}; make and the shell cannot build a kernel there: set "
        "XDG_CACHE_HOME to another",
        folder, what);
}

namespace {

/// Why nothing can be kept there: as after a call with sudo. Empty where all of it may be written.
std::string locked_problem(const std::filesystem::path& folder) {
    std::error_code error;
    std::vector<std::filesystem::path> folders{folder};
    for (const auto& entry : std::filesystem::directory_iterator{folder, error}) {
        if (entry.is_directory(error))
            folders.push_back(entry.path());
    }
    const auto is_locked = [&error](const std::filesystem::path& each) {
        return std::filesystem::is_directory(each, error) && access(each.c_str(), W_OK) != 0;
    };
    const auto locked = std::ranges::find_if(folders, is_locked);
    if (locked == folders.end())
        return {};
    return fmt::format(
        "the cache folder '{}' cannot be taken: you may not write to it; set XDG_CACHE_HOME to another, or "
        "have "
        "its owner give it to you (chown -R)",
        locked->string());
}

}  // namespace

RunPlaces find_places(const std::filesystem::path& work) {
    std::error_code error;
    if (const auto problem = cache_problem(cache_folder().string()); !problem.empty())
        throw text::InputError(problem);
    if (const auto problem = locked_problem(cache_folder()); !problem.empty())
        throw text::InputError(problem);
    RunPlaces places{.root = checkout_root(), .work = work};
    if (!std::filesystem::exists(places.root / "lab" / "describe-kvm", error))
        throw text::InputError(
            fmt::format("{} is no checkout of exitscope; set EXITSCOPE_ROOT to one", places.root.string()));
    return places;
}

BuiltFile built_file(const std::filesystem::path& name, const std::string& target) {
    std::error_code error;
    const auto folder = std::filesystem::read_symlink("/proc/self/exe", error).parent_path().parent_path();
    BuiltFile file{.path = folder / name, .words = {}};
    // Under the lock of scripts/build.
    if (std::filesystem::exists(folder / "build.ninja", error))
        file.words = {"flock", folder / ".lock", "sh", "-c", to_stderr, "sh", "ninja", "-C", folder, target};
    else if (!std::filesystem::is_regular_file(file.path, error))
        throw text::InputError(
            fmt::format("there is no {}; scripts/exitscope builds it", file.path.string()));
    return file;
}

std::filesystem::path cache_folder() {
    return std::filesystem::path{variable("XDG_CACHE_HOME", variable("HOME", "/") + "/.cache")} / "exitscope";
}

}  // namespace exitscope::command::stages
