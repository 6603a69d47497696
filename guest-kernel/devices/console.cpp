// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "devices/console.h"

#include "devices/serial_port.h"
#include "devices/virtio_console.h"

namespace exitscope::devices {

namespace {

bool is_virtio = false;

}  // namespace

void start_console() {
    start_serial_port();
    is_virtio = start_virtio_console();
}

void write_console(std::string_view text) {
    if (is_virtio)
        write_virtio_console(text);
    else
        write_serial(text);
}

std::uint64_t console_exits(std::uint64_t bytes) {
    return is_virtio ? 1 : serial_exits(bytes);
}

}  // namespace exitscope::devices
