// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "text/file.h"

#include <fmt/core.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

namespace exitscope::command::text {

namespace {

[[noreturn]] void fail(const std::filesystem::path& path, std::string_view what, std::string_view cause,
                       std::string_view remedy) {
    throw InputError(fmt::format("{}: {}: {}; {}", path.string(), what, cause, remedy));
}

std::string last_cause() {
    return errno == 0 ? "unknown cause" : std::strerror(errno);
}

}  // namespace

std::string read_file(const std::filesystem::path& path) {
    constexpr std::string_view remedy = "check the name and who may read it";
    std::error_code error;
    if (std::filesystem::is_directory(path, error))
        fail(path, "cannot be read", "it is a folder", remedy);
    errno = 0;
    std::ifstream stream{path, std::ios::binary};
    if (!stream)
        fail(path, "cannot be opened", last_cause(), remedy);
    std::string bytes{std::istreambuf_iterator<char>{stream}, std::istreambuf_iterator<char>{}};
    if (stream.bad())
        fail(path, "cannot be read", last_cause(), remedy);
    return bytes;
}

void write_file(const std::filesystem::path& path, std::string_view bytes) {
    constexpr std::string_view remedy = "check that the folder may be written and the disk has room";
    std::error_code error;
    if (path.has_parent_path())
        std::filesystem::create_directories(path.parent_path(), error);
    if (error)
        fail(path, "its folder cannot be made", error.message(), remedy);
    auto partial = path;
    partial += ".partial";
    errno = 0;
    std::ofstream stream{partial, std::ios::binary | std::ios::trunc};
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    stream.close();
    if (!stream)
        fail(path, "cannot be written", last_cause(), remedy);
    std::filesystem::rename(partial, path, error);
    if (error)
        fail(path, "cannot be replaced", error.message(), remedy);
}

}  // namespace exitscope::command::text
