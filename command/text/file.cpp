// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "text/file.h"

#include <fmt/core.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <utility>

namespace exitscope::command::text {

namespace {

constexpr std::string_view remedy_of_a_writer = "check that the folder may be written and the disk has room";

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

NewFile::NewFile(std::filesystem::path path, std::string_view bytes)
    : path_{std::move(path)}, partial_{path_} {
    std::error_code error;
    if (path_.has_parent_path())
        std::filesystem::create_directories(path_.parent_path(), error);
    if (error)
        fail(path_, "its folder cannot be made", error.message(), remedy_of_a_writer);
    partial_ += fmt::format(".{}.partial", getpid());
    errno = 0;
    std::ofstream stream{partial_, std::ios::binary | std::ios::trunc};
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    stream.close();
    if (stream)
        return;
    const auto cause = last_cause();
    std::filesystem::remove(partial_, error);
    fail(path_, "cannot be written", cause, remedy_of_a_writer);
}

NewFile::~NewFile() {
    std::error_code error;
    if (!partial_.empty())
        std::filesystem::remove(partial_, error);
}

void NewFile::put_in_place() {
    std::error_code error;
    std::filesystem::rename(partial_, path_, error);
    if (error)
        fail(path_, "cannot be replaced", error.message(), remedy_of_a_writer);
    partial_.clear();
}

void write_file(const std::filesystem::path& path, std::string_view bytes) {
    NewFile{path, bytes}.put_in_place();
}

}  // namespace exitscope::command::text
