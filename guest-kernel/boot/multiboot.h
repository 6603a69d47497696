// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What a multiboot 1 boot loader hands over.

#include <cstdint>
#include <string_view>

namespace exitscope::boot {

/// The value of EAX at the entry; "Multiboot Specification version 0.6.96", "Machine state".
inline constexpr std::uint32_t multiboot_loader_magic = 0x2bad'b002;

/// The start of the "Boot information format"; all addresses are guest-physical.
struct MultibootInfo {
    std::uint32_t flags;
    std::uint32_t mem_lower_kib;
    std::uint32_t mem_upper_kib;
    std::uint32_t boot_device;
    std::uint32_t cmdline;
    std::uint32_t mods_count;
    std::uint32_t mods_addr;
    std::uint32_t syms[4];
    std::uint32_t mmap_length;
    std::uint32_t mmap_addr;
    std::uint32_t drives_length;
    std::uint32_t drives_addr;
    std::uint32_t config_table;
    std::uint32_t boot_loader_name;

    /// The first address above the memory that begins at 1 MiB; 0 if the loader does not say.
    [[nodiscard]] std::uint64_t memory_end() const;

    /// The words after the image's own name.
    ///
    /// QEMU puts the image's file name first, as it is, with its blanks; GRUB and syslinux's mboot.c32 hand
    /// over only what follows it, others put it first, too.
    [[nodiscard]] std::string_view command_line() const;
};

}  // namespace exitscope::boot
