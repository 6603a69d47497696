// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "boot/boot_information.h"

namespace exitscope::boot {

using devices::number_at;

namespace {

enum class Tag : std::uint32_t {
    end = 0,
    command_line = 1,
    basic_memory = 4,
    memory_map = 6,
    efi_32_system_table = 11,
    efi_64_system_table = 12,
    acpi_old = 14,  ///< A copy of the RSDP of ACPI 1.0.
    acpi_new = 15,
};

/// The sizes of a tag's own type and size, and of what is in front of a map's entries.
constexpr std::size_t tag_header_size = 8;
constexpr std::size_t map_header_size = 16;

void read_tag(devices::Bytes tag, std::uint64_t address, LoaderFacts& facts) {
    switch (static_cast<Tag>(number_at(tag, 0, 4))) {
        case Tag::command_line:
            facts.command_line = address + tag_header_size;
            break;
        case Tag::basic_memory:
            facts.upper_memory_size = number_at(tag, 12, 4) * 1024;
            break;
        case Tag::memory_map:
            if (tag.size() >= map_header_size) {
                const auto entry_size = static_cast<std::size_t>(number_at(tag, 8, 4));
                facts.map = MemoryMap{tag.subspan(map_header_size), entry_size != 0 ? entry_size : 1};
            }
            break;
        case Tag::acpi_new:
            facts.acpi_root_pointer = address + tag_header_size;
            break;
        case Tag::acpi_old:
            if (facts.acpi_root_pointer == 0)
                facts.acpi_root_pointer = address + tag_header_size;
            break;
        case Tag::efi_32_system_table:
        case Tag::efi_64_system_table:
            facts.firmware = Firmware::uefi;
            break;
        default:
            break;
    }
}

}  // namespace

LoaderFacts read_multiboot_2(std::uint64_t address, devices::PhysicalMemory memory) {
    constexpr std::size_t fixed_size = 8;
    constexpr std::size_t tag_alignment = 8;
    const auto size = static_cast<std::size_t>(number_at(memory(address, fixed_size), 0, 4));
    const auto information = memory(address, size);
    if (size < fixed_size || information.size() < size)
        return {};

    LoaderFacts facts{.own_range = range_of(address, size, false)};
    for (std::size_t offset = fixed_size; offset + tag_header_size <= size;) {
        const auto tag_size = static_cast<std::size_t>(number_at(information, offset + 4, 4));
        if (tag_size < tag_header_size || tag_size > size - offset)
            return {};
        const auto tag = information.subspan(offset, tag_size);
        if (static_cast<Tag>(number_at(tag, 0, 4)) == Tag::end) {
            facts.is_whole = true;
            break;
        }
        read_tag(tag, address + offset, facts);
        offset += (tag_size + tag_alignment - 1) / tag_alignment * tag_alignment;
    }
    return facts;
}

}  // namespace exitscope::boot
