// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "devices/serial_port.h"

#include "arch/port.h"
#include "arch/wait.h"

namespace exitscope::devices {

namespace {

// Source: PC16550D data sheet, "Registers".
constexpr arch::Port data = arch::Port::serial_1;
constexpr arch::Port interrupt_enable = arch::Port::serial_1 + 1;
constexpr arch::Port fifo_control = arch::Port::serial_1 + 2;
constexpr arch::Port line_control = arch::Port::serial_1 + 3;
constexpr arch::Port modem_control = arch::Port::serial_1 + 4;
constexpr arch::Port line_status = arch::Port::serial_1 + 5;

constexpr std::uint8_t line_control_8n1 = 0x03;
constexpr std::uint8_t line_control_divisor_latch = 0x80;
constexpr std::uint8_t line_status_transmitter_ready = 0x20;

/// Each look is an exit to user space: some seconds.
constexpr std::uint64_t most_looks = std::uint64_t{1} << 20;

}  // namespace

bool has_serial_port() {
    return arch::in8(line_control) == line_control_8n1;
}

void start_serial_port() {
    arch::out8(interrupt_enable, 0);
    arch::out8(line_control, line_control_divisor_latch | line_control_8n1);
    arch::out8(data, 1);  // divisor 1: 115200 baud
    out8(line_control, line_control_8n1);
    arch::out8(fifo_control, 0x07);  // on, both FIFOs cleared
    out8(modem_control, 0x03);       // DTR, RTS
}

bool write_serial(std::string_view text) {
    while (!text.empty()) {
        const auto ready = [] { return (arch::in8(line_status) & line_status_transmitter_ready) != 0; };
        if (!arch::holds_within(most_looks, ready))
            return false;
        const auto piece = text.substr(0, serial_fifo_size);
        for (const char character : piece)
            arch::out8(data, static_cast<std::uint8_t>(character));
        text.remove_prefix(piece.size());
    }
    return true;
}

}  // namespace exitscope::devices
