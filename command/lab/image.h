// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What QEMU boots in each run: the guest kernel, or any other.

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace exitscope::command::lab {

struct Image {
    /// Anything that QEMU's -kernel takes.
    std::filesystem::path kernel{};
    /// The program and arguments that build it first; may be empty.
    std::vector<std::string> build{};
    /// The program that counts its exits from outside (trace/); may be empty.
    std::filesystem::path tracer{};
    /// A Linux, in which exitstat marks the phases; else the guest kernel.
    bool is_linux = false;
    /// It is booted twice, and told the second time what its windows held the first time (docs/trace.md).
    bool told = false;
    /// Its initial ramdisk; may be empty.
    std::filesystem::path initrd{};
    /// Its command line.
    std::string append{};
    /// More of QEMU's arguments, after all others.
    std::vector<std::string> qemu_arguments{};
    /// Gives it a virtio console beside the serial port, where a whole line costs one exit; both write to one
    /// file.
    bool virtio_console = false;
    /// A run that takes longer is ended, with status 124; in the lab by L1's clock.
    std::chrono::seconds limit{300};
};

}  // namespace exitscope::command::lab
