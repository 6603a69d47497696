// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "boot/boot_information.h"

namespace exitscope::boot {

using devices::number_at;

namespace {

/// Multiboot 1 does not tell. A BIOS keeps the memory below 1 MiB there, in KiB; UEFI leaves no such data.
/// Source: IBM PC AT Technical Reference, "BIOS Data Definitions", MEMORY_SIZE.
Firmware firmware_in(devices::PhysicalMemory memory) {
    constexpr std::uint64_t base_memory_size = 0x413;
    const auto size_kib = number_at(memory(base_memory_size, 2), 0, 2);
    return size_kib >= 256 && size_kib <= 640 ? Firmware::bios : Firmware::uefi;
}

}  // namespace

LoaderFacts read_multiboot_1(std::uint64_t address, devices::PhysicalMemory memory) {
    constexpr std::size_t information_size = 116;
    constexpr std::uint64_t flag_memory = 1U << 0;
    constexpr std::uint64_t flag_command_line = 1U << 2;
    constexpr std::uint64_t flag_memory_map = 1U << 6;
    constexpr std::uint64_t flag_boot_loader_name = 1U << 9;
    const auto information = memory(address, information_size);
    if (information.size() < information_size)
        return {};
    const auto field = [&](std::size_t offset) { return number_at(information, offset, 4); };
    const auto has = [&](std::uint64_t flag) { return (field(0) & flag) != 0; };

    LoaderFacts facts{.own_range = range_of(address, information_size, false), .is_whole = true};
    if (has(flag_command_line))
        facts.command_line = field(16);
    // QEMU puts the image's file name first, as it is, with its blanks; GRUB and syslinux's mboot.c32 hand
    // over only what follows it, others put it first, too.
    if (has(flag_boot_loader_name))
        facts.is_named = text_at(field(64), memory) == "qemu";
    // QEMU's small BIOSes leave no data either.
    if (!facts.is_named)
        facts.firmware = firmware_in(memory);
    if (has(flag_memory_map)) {
        const auto map_size = static_cast<std::size_t>(field(44));
        const auto map = memory(field(48), map_size);
        facts.is_whole = map.size() == map_size;
        facts.map = MemoryMap{map, 0};
    } else if (has(flag_memory)) {
        facts.upper_memory_size = field(8) * 1024;
    }
    return facts;
}

}  // namespace exitscope::boot
