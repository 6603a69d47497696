// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "load_kvm/lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include "load_kvm/exit.h"
#include "text/file.h"

namespace exitscope::command::load_kvm {

Lock::Lock(const host_kvm::HostFolders& folders) {
    std::error_code error;
    std::filesystem::create_directories(folders.state, error);
    const auto file = folders.state / "kvm.lock";
    const mode_t mode = 0644;
    descriptor_ = open(file.c_str(), O_RDWR | O_CREAT, mode);
    if (descriptor_ < 0)
        throw text::InputError(fmt::format("{}: cannot be opened: {}", file.string(), std::strerror(errno)));
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{5};
    while (flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
        if (std::chrono::steady_clock::now() > end) {
            close(descriptor_);
            throw Failure(Exit::refused, "another load-kvm is at work");
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
}

Lock::~Lock() {
    close(descriptor_);
}

}  // namespace exitscope::command::load_kvm
