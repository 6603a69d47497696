// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "text/held_folder.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "text/file.h"

namespace exitscope::command::text {

namespace {

int open_folder(const std::filesystem::path& folder) {
    constexpr std::string_view remedy = "choose another folder with --out";
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        throw InputError(fmt::format("{} cannot be made: {}; {}", folder.string(), error.message(), remedy));
    const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0 || access(folder.c_str(), W_OK | X_OK) != 0) {
        const auto* const cause = std::strerror(errno);
        if (descriptor >= 0)
            close(descriptor);
        throw InputError(fmt::format("{} cannot be written to: {}; {}", folder.string(), cause, remedy));
    }
    // Where the file system knows no locks, nobody is told of the other.
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        close(descriptor);
        throw InputError(
            fmt::format("another run writes to {}; wait for its end, or {}", folder.string(), remedy));
    }
    return descriptor;
}

}  // namespace

HeldFolder::HeldFolder(const std::filesystem::path& folder) : descriptor_{open_folder(folder)} {}

HeldFolder::~HeldFolder() {
    close(descriptor_);
}

}  // namespace exitscope::command::text
