// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "devices/console.h"

#include "arch/port.h"
#include "devices/serial_port.h"
#include "devices/virtio_console.h"

namespace exitscope::devices {

namespace {

/// In the order of preference.
enum class Console : std::uint8_t { virtio, serial_port, debug_console, none };

Console console = Console::none;

/// A read returns the port's own number. Source: QEMU, hw/char/debugcon.c; Bochs, iodev/unmapped.cc.
bool has_debug_console() {
    return arch::in8(arch::Port::debug_console) == static_cast<std::uint8_t>(arch::Port::debug_console);
}

Console without_virtio() {
    if (has_serial_port())
        return Console::serial_port;
    return has_debug_console() ? Console::debug_console : Console::none;
}

/// False where the console takes no more.
bool write_to(Console to, std::string_view text) {
    if (to == Console::virtio)
        return write_virtio_console(text);
    if (to == Console::serial_port)
        return write_serial(text);
    if (to == Console::debug_console) {
        for (const char character : text)
            arch::out8(arch::Port::debug_console, static_cast<std::uint8_t>(character));
    }
    return true;
}

}  // namespace

void start_console() {
    start_serial_port();
    console = start_virtio_console() ? Console::virtio : without_virtio();
}

void write_console(std::string_view text) {
    if (write_to(console, text))
        return;
    // What the first one took is lost, which the records' numbers show.
    const bool was_virtio = console == Console::virtio;
    console = was_virtio ? without_virtio() : has_debug_console() ? Console::debug_console : Console::none;
    write_console(was_virtio ? "# the virtio console took no more text; the report goes on here\n"
                             : "# the serial port took no more text; the report goes on here\n");
    write_console(text);
}

std::uint64_t console_exits(std::uint64_t bytes) {
    switch (console) {
        case Console::virtio:
            return 1;
        case Console::serial_port:
            return serial_exits(bytes);
        case Console::debug_console:
            return bytes;
        default:
            return 0;
    }
}

}  // namespace exitscope::devices
