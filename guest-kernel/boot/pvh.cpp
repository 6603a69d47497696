// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "boot/boot_information.h"
#include "boot/loader_magic.h"

namespace exitscope::boot {

using devices::number_at;

LoaderFacts read_pvh(std::uint64_t address, devices::PhysicalMemory memory) {
    constexpr std::size_t first_version_size = 40;
    constexpr std::size_t size = 56;
    constexpr std::size_t entry_size = 24;
    const auto information = memory(address, size);
    if (information.size() < first_version_size || number_at(information, 0, 4) != LOADER_MAGIC_PVH)
        return {};
    LoaderFacts facts{.command_line = number_at(information, 24, 8),
                      .own_range = range_of(address, size, false),
                      .acpi_root_pointer = number_at(information, 32, 8),
                      .is_whole = true};
    // The first version has no map.
    if (number_at(information, 4, 4) >= 1) {
        const auto map_size = static_cast<std::size_t>(number_at(information, 48, 4)) * entry_size;
        const auto map = memory(number_at(information, 40, 8), map_size);
        facts.is_whole = map.size() == map_size;
        facts.map = MemoryMap{map, entry_size};
    }
    return facts;
}

}  // namespace exitscope::boot
