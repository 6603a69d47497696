// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What the boot loader hands over, whatever its protocol. Pure: the memory is handed over.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "boot/memory_map.h"
#include "devices/physical_memory.h"

namespace exitscope::boot {

/// What started the boot loader; PVH and QEMU's multiboot come by a BIOS, too.
enum class Firmware : std::uint8_t { bios, uefi };

/// What a protocol's information says.
struct LoaderFacts {
    /// Where the text is, which ends with a zero; 0: none.
    std::uint64_t command_line = 0;
    /// Whether the command line begins with the image's file name in any case.
    bool is_named = false;
    MemoryMap map{};
    /// Where there is no map: the size of the memory from 1 MiB on.
    std::uint64_t upper_memory_size = 0;
    /// The information itself, from which nothing but the command line and this pointer is used later on.
    MemoryRange own_range{};
    std::uint64_t acpi_root_pointer = 0;
    Firmware firmware = Firmware::bios;
    bool is_whole = false;
};

struct BootInformation {
    /// The words after the image's own name.
    std::string_view command_line{};
    /// The memory that neither firmware nor loader has touched; it may be empty.
    MemoryRange fresh_memory{};
    /// Where ACPI's RSDP is; 0 where the loader does not tell.
    std::uint64_t acpi_root_pointer = 0;
    /// Why nothing else here is to be used; empty where all is well.
    std::string_view problem{};
};

/// Source: "Multiboot Specification version 0.6.96", "Boot information format".
[[nodiscard]] LoaderFacts read_multiboot_1(std::uint64_t address, devices::PhysicalMemory memory);

/// Source: "Multiboot2 Specification version 2.0", "Boot information format".
[[nodiscard]] LoaderFacts read_multiboot_2(std::uint64_t address, devices::PhysicalMemory memory);

/// Source: Xen, xen/include/public/arch-x86/hvm/start_info.h.
[[nodiscard]] LoaderFacts read_pvh(std::uint64_t address, devices::PhysicalMemory memory);

/// `loader_magic` and `address`: EAX and EBX at the entry. What `memory` returns has to stay valid.
[[nodiscard]] BootInformation read_boot_information(std::uint32_t loader_magic, std::uint64_t address,
                                                    devices::PhysicalMemory memory);

/// The memory that neither firmware nor loader has touched, as far as the pool of pages may go.
[[nodiscard]] MemoryRange find_fresh_memory(const LoaderFacts& facts, const MemoryRange& command_line);

/// The text at `address` up to its zero; nothing where that does not come within `most_text_bytes`.
inline constexpr std::size_t most_text_bytes = 1U << 16;
[[nodiscard]] std::optional<std::string_view> text_at(std::uint64_t address, devices::PhysicalMemory memory);

}  // namespace exitscope::boot
