// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "boot/boot_information.h"

#include "boot/loader_magic.h"
#include "runner/command_line.h"

namespace exitscope::boot {

namespace {

constexpr std::uint64_t mib = 1U << 20;

/// Both keep tables at the end of memory, and loaders what they need below these. Which pages were touched
/// was looked up in the file that held the guest's memory (tests/boot/touched-pages does that).
///
/// - SeaBIOS since 1.16.1 leaves 16 MiB to its tables (BUILD_MAX_HIGHTABLE) and takes temporary memory below,
///   one page of which stays in use.
/// - OVMF unpacks itself up to 23 MiB and keeps the last 68 MiB; GRUB's heap is a quarter of the rest.
MemoryRange without_touched(Firmware firmware, std::uint64_t begin, std::uint64_t end) {
    const std::uint64_t spared = firmware == Firmware::bios ? 18 * mib : 80 * mib + end / 4;
    return {begin, end > begin + spared ? end - spared : begin, true};
}

}  // namespace

MemoryRange find_fresh_memory(const LoaderFacts& facts, const MemoryRange& command_line) {
    const std::uint64_t begin = facts.firmware == Firmware::bios ? 16 * mib : 32 * mib;
    const auto end = usable_end(begin, [&](auto visit) {
        facts.map.for_each(visit);
        if (facts.map.is_empty())
            visit(range_of(mib, facts.upper_memory_size, true));
        visit(facts.own_range);
        visit(command_line);
    });
    return without_touched(facts.firmware, begin, end);
}

std::optional<std::string_view> text_at(std::uint64_t address, devices::PhysicalMemory memory) {
    const auto bytes = memory(address, most_text_bytes);
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        if (bytes[length] == 0)
            return std::string_view{reinterpret_cast<const char*>(bytes.data()), length};
    }
    return std::nullopt;
}

BootInformation read_boot_information(std::uint32_t loader_magic, std::uint64_t address,
                                      devices::PhysicalMemory memory) {
    LoaderFacts facts;
    if (loader_magic == LOADER_MAGIC_MULTIBOOT_1)
        facts = read_multiboot_1(address, memory);
    else if (loader_magic == LOADER_MAGIC_MULTIBOOT_2)
        facts = read_multiboot_2(address, memory);
    else if (loader_magic == LOADER_MAGIC_PVH)
        facts = read_pvh(address, memory);
    else
        return {.problem = "started by no loader of multiboot 1, multiboot 2 or PVH"};
    if (!facts.is_whole)
        return {.problem = "the boot loader's information is cut off, or lies above 1 GiB"};

    std::string_view text;
    if (facts.command_line != 0) {
        const auto found = text_at(facts.command_line, memory);
        if (!found)
            return {.problem = "the command line is longer than 65535 characters, or lies above 1 GiB"};
        text = *found;
    }
    return {.command_line = runner::without_name(text, facts.is_named),
            .fresh_memory = find_fresh_memory(facts, range_of(facts.command_line, text.size(), false)),
            .acpi_root_pointer = facts.acpi_root_pointer};
}

}  // namespace exitscope::boot
