// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "devices/power.h"

#include "arch/machine.h"
#include "arch/page_pool.h"
#include "arch/port.h"
#include "arch/wait.h"
#include "devices/acpi.h"

namespace exitscope::devices {

namespace {

Bytes memory_at(std::uint64_t address, std::size_t size) {
    const auto* const begin = const_cast<const std::uint8_t*>(arch::physical_memory(address, size));
    return begin == nullptr ? Bytes{} : Bytes{begin, size};
}

/// QEMU ends in another thread.
void give_time() {
    constexpr std::uint64_t moment = std::uint64_t{1} << 22;
    static_cast<void>(arch::holds_within(moment, [] { return false; }));
}

void write(const AcpiRegister& to, std::uint8_t value) {
    if (to.is_port)
        arch::out8(static_cast<arch::Port>(to.address), value);
    else if (auto* const byte = arch::physical_memory(to.address, 1); byte != nullptr)
        *byte = value;
    give_time();
}

void switch_off(const PowerRegisters& registers) {
    constexpr std::uint16_t pm1_sleep_enable = 1U << 13;
    constexpr std::uint8_t sleep_enable = 1U << 5;
    if (registers.sleep_control)
        write(*registers.sleep_control, static_cast<std::uint8_t>(registers.off_type << 2 | sleep_enable));
    for (const auto port : {registers.pm1a_control, registers.pm1b_control}) {
        if (port == 0)
            continue;
        arch::out16(static_cast<arch::Port>(port),
                    static_cast<std::uint16_t>(registers.off_type << 10 | pm1_sleep_enable));
        give_time();
    }
}

}  // namespace

void end_machine(std::uint64_t acpi_root_pointer) {
    // Source: Intel 82371SB (PIIX3), "Reset Control Register"; IBM PC AT, 8042: pulse output port bit 0.
    constexpr std::uint8_t full_reset = 0x06;
    constexpr std::uint8_t pulse_reset_line = 0xfe;
    if (const auto registers = read_power_registers(memory_at, acpi_root_pointer)) {
        switch_off(*registers);
        if (registers->reset)
            write(*registers->reset, registers->reset_value);
    }
    write({.is_port = true, .address = static_cast<std::uint64_t>(arch::Port::reset_control)}, full_reset);
    write({.is_port = true, .address = static_cast<std::uint64_t>(arch::Port::keyboard_command)},
          pulse_reset_line);
    arch::triple_fault();
}

}  // namespace exitscope::devices
