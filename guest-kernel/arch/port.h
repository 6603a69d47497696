// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Port input and output.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace exitscope::arch {

enum class Port : std::uint16_t {
    pic_master_command = 0x20,
    pic_master_mask = 0x21,
    pit_channel_0 = 0x40,
    pit_channel_2 = 0x42,  ///< Drives the speaker alone.
    pit_command = 0x43,
    keyboard_command = 0x64,
    post_code = 0x80,  ///< Nothing in KVM claims it: QEMU in user space does.
    pic_slave_mask = 0xa1,
    debug_console = 0xe9,  ///< QEMU's and Bochs': takes text.
    debug_exit = 0xf4,
    stay = 0xf5,  ///< Something is there where the machine is to stay after the report.
    serial_1 = 0x3f8,
    firmware_config_selector = 0x510,
    firmware_config_data = 0x511,
    pci_address = 0xcf8,
    reset_control = 0xcf9,
    pci_data = 0xcfc,
    unclaimed = 0x1234,  ///< Neither KVM nor QEMU has a device there.
};

/// The port `offset` above `base`.
[[nodiscard]] constexpr Port operator+(Port base, std::uint16_t offset) {
    return static_cast<Port>(static_cast<std::uint16_t>(base) + offset);
}

/// Exits: always, with reason I/O; KVM sets unconditional I/O exiting (SVM: its whole IOPM).
inline void out8(Port port, std::uint8_t value) {
    asm volatile("outb %[value], %[port]"
                 :
                 : [value] "a"(value), [port] "Nd"(static_cast<std::uint16_t>(port)));
}

/// The write may make a device read memory, so everything written to memory before is complete by then.
///
/// Exits: always, with reason I/O, as `out8`.
inline void out16(Port port, std::uint16_t value) {
    asm volatile("outw %[value], %[port]"
                 :
                 : [value] "a"(value), [port] "Nd"(static_cast<std::uint16_t>(port))
                 : "memory");
}

/// Exits: always, with reason I/O, as `out8`.
inline void out32(Port port, std::uint32_t value) {
    asm volatile("outl %[value], %[port]"
                 :
                 : [value] "a"(value), [port] "Nd"(static_cast<std::uint16_t>(port))
                 : "memory");
}

/// Writes the bytes one after the other to the same port, by REP OUTSB.
///
/// Exits: with reason I/O, one a byte where user space has the port, one for up to 1024 bytes where KVM has
/// it; and one more at the end where the CPU exits for no byte too.
inline void out8(Port port, std::string_view bytes) {
    auto* next = bytes.data();
    std::size_t left = bytes.size();
    asm volatile("rep outsb" : "+S"(next), "+c"(left) : "d"(static_cast<std::uint16_t>(port)) : "memory");
}

/// Exits: always, with reason I/O, as `out8`.
inline std::uint8_t in8(Port port) {
    std::uint8_t value = 0;
    asm volatile("inb %[port], %[value]"
                 : [value] "=a"(value)
                 : [port] "Nd"(static_cast<std::uint16_t>(port)));
    return value;
}

/// Exits: always, with reason I/O, as `out8`.
inline std::uint16_t in16(Port port) {
    std::uint16_t value = 0;
    asm volatile("inw %[port], %[value]"
                 : [value] "=a"(value)
                 : [port] "Nd"(static_cast<std::uint16_t>(port)));
    return value;
}

/// Exits: always, with reason I/O, as `out8`.
inline std::uint32_t in32(Port port) {
    std::uint32_t value = 0;
    asm volatile("inl %[port], %[value]"
                 : [value] "=a"(value)
                 : [port] "Nd"(static_cast<std::uint16_t>(port)));
    return value;
}

/// Reads bytes one after the other from the same port, by REP INSB.
///
/// Exits: one where all bytes lie in one page, with reason I/O, because KVM reads ahead what fits there; and
/// one more at the end, as `out8`.
inline void in8(Port port, std::span<std::uint8_t> bytes) {
    auto* next = bytes.data();
    std::size_t left = bytes.size();
    asm volatile("rep insb" : "+D"(next), "+c"(left) : "d"(static_cast<std::uint16_t>(port)) : "memory");
}

}  // namespace exitscope::arch
