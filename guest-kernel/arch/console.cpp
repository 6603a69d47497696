// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "arch/console.h"

#include "arch/serial_port.h"
#include "arch/virtio_console.h"

namespace exitscope::arch {

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

}  // namespace exitscope::arch
