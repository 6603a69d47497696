// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "boot/multiboot.h"

#include "runner/command_line.h"

namespace exitscope::boot {

namespace {

constexpr std::uint32_t flag_memory = 1U << 0;
constexpr std::uint32_t flag_command_line = 1U << 2;
constexpr std::uint32_t flag_boot_loader_name = 1U << 9;

std::string_view text_at(std::uint32_t address) {
    return reinterpret_cast<const char*>(static_cast<std::uint64_t>(address));
}

}  // namespace

std::uint64_t MultibootInfo::memory_end() const {
    constexpr std::uint64_t upper_memory_begin = 1U << 20;
    return (flags & flag_memory) != 0 ? upper_memory_begin + std::uint64_t{mem_upper_kib} * 1024 : 0;
}

std::string_view MultibootInfo::command_line() const {
    if ((flags & flag_command_line) == 0)
        return {};
    const bool from_qemu = (flags & flag_boot_loader_name) != 0 && text_at(boot_loader_name) == "qemu";
    return runner::without_name(text_at(cmdline), from_qemu);
}

}  // namespace exitscope::boot
