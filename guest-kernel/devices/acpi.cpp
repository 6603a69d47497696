// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "devices/acpi.h"

#include <algorithm>

namespace exitscope::devices {

namespace {

constexpr std::uint64_t bios_area = 0xe'0000;
constexpr std::size_t bios_area_size = 0x2'0000;
constexpr std::size_t header_size = 36;
constexpr std::size_t most_table_bytes = 1U << 20;

/// The whole table; empty where there is none.
Bytes table_at(PhysicalMemory memory, std::uint64_t address) {
    const auto header = address != 0 ? memory(address, header_size) : Bytes{};
    const auto size = static_cast<std::size_t>(number_at(header, 4, 4));
    return size >= header_size && size <= most_table_bytes ? memory(address, size) : Bytes{};
}

/// The table of all tables: an XSDT has addresses of 8 bytes, an RSDT of 4.
struct RootTable {
    std::uint64_t address = 0;
    std::size_t entry_size = 4;
};

/// Where the root pointer is that begins at `offset`; an address of 0 where none does. The text stands in
/// firmware's code, too, but not with a right sum.
RootTable root_table_of(Bytes area, std::size_t offset) {
    constexpr std::size_t summed = 20;
    if (offset + summed > area.size() || !has_text(area, offset, "RSD PTR "))
        return {};
    std::uint8_t sum = 0;
    for (const std::uint8_t byte : area.subspan(offset, summed))
        sum = static_cast<std::uint8_t>(sum + byte);
    if (sum != 0)
        return {};
    const auto wide = area[offset + 15] >= 2 ? number_at(area, offset + 24, 8) : 0;
    return wide != 0 ? RootTable{wide, 8} : RootTable{number_at(area, offset + 16, 4), 4};
}

RootTable find_root_table(PhysicalMemory memory, std::uint64_t root_pointer) {
    if (root_pointer != 0)
        return root_table_of(memory(root_pointer, header_size), 0);
    const auto area = memory(bios_area, bios_area_size);
    for (std::size_t offset = 0; offset < area.size(); offset += 16) {
        if (const auto found = root_table_of(area, offset); found.address != 0)
            return found;
    }
    return {};
}

/// Copies the fixed table's begin to `fixed`, as memory is valid until the next call only.
bool find_fixed_table(PhysicalMemory memory, std::uint64_t root_pointer, std::span<std::uint8_t> fixed) {
    const auto [root, entry_size] = find_root_table(memory, root_pointer);
    for (std::size_t offset = header_size;; offset += entry_size) {
        const auto entries = table_at(memory, root);
        if (offset + entry_size > entries.size())
            return false;
        const auto table = table_at(memory, number_at(entries, offset, entry_size));
        if (!has_text(table, 0, "FACP"))
            continue;
        std::ranges::copy(table.first(std::min(table.size(), fixed.size())), fixed.begin());
        return true;
    }
}

AcpiRegister register_at(Bytes table, std::size_t offset) {
    return {.is_port = number_at(table, offset, 1) == 1, .address = number_at(table, offset + 4, 8)};
}

/// The first element of the package \_S5: a byte, zero or one.
std::optional<std::uint8_t> find_off_type(Bytes definitions) {
    constexpr std::uint8_t package = 0x12;
    constexpr std::uint8_t byte_prefix = 0x0a;
    for (std::size_t offset = header_size; offset + 12 <= definitions.size(); ++offset) {
        if (!has_text(definitions, offset, "_S5_") || definitions[offset + 4] != package)
            continue;
        const std::size_t more_length_bytes = definitions[offset + 5] >> 6;
        const std::size_t element = offset + 5 + 1 + more_length_bytes + 1;
        const bool has_prefix = number_at(definitions, element, 1) == byte_prefix;
        const std::size_t value = element + (has_prefix ? 1 : 0);
        if (value < definitions.size())
            return static_cast<std::uint8_t>(definitions[value] & 7);
    }
    return std::nullopt;
}

}  // namespace

std::optional<PowerRegisters> read_power_registers(PhysicalMemory memory, std::uint64_t root_pointer) {
    constexpr std::size_t fixed_size = 268;
    constexpr std::uint64_t reset_supported = 1U << 10;
    constexpr std::uint64_t hardware_reduced = 1U << 20;
    std::uint8_t fixed[fixed_size]{};
    if (!find_fixed_table(memory, root_pointer, fixed))
        return std::nullopt;
    PowerRegisters registers;
    const auto flags = number_at(fixed, 112, 4);
    if ((flags & reset_supported) != 0) {
        registers.reset = register_at(fixed, 116);
        registers.reset_value = fixed[128];
    }
    const auto wide = number_at(fixed, 140, 8);
    const auto off_type = find_off_type(table_at(memory, wide != 0 ? wide : number_at(fixed, 40, 4)));
    if (!off_type)
        return registers.reset ? std::optional{registers} : std::nullopt;
    registers.off_type = *off_type;
    if ((flags & hardware_reduced) != 0) {
        registers.sleep_control = register_at(fixed, 244);
    } else {
        registers.pm1a_control = static_cast<std::uint16_t>(number_at(fixed, 64, 4));
        registers.pm1b_control = static_cast<std::uint16_t>(number_at(fixed, 68, 4));
    }
    return registers;
}

}  // namespace exitscope::devices
