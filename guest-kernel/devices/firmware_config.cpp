// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "devices/firmware_config.h"

#include <string_view>

#include "arch/port.h"

namespace exitscope::devices {

namespace {

constexpr std::uint16_t signature_item = 0;
constexpr std::uint16_t processor_count_item = 5;

std::uint8_t next_byte() {
    return arch::in8(arch::Port::firmware_config_data);
}

}  // namespace

bool has_firmware_config() {
    arch::out16(arch::Port::firmware_config_selector, signature_item);
    for (const char letter : std::string_view{"QEMU"}) {
        if (next_byte() != static_cast<std::uint8_t>(letter))
            return false;
    }
    return true;
}

std::uint32_t processor_count() {
    if (!has_firmware_config())
        return 1;
    arch::out16(arch::Port::firmware_config_selector, processor_count_item);
    const std::uint32_t low = next_byte();
    return low | std::uint32_t{next_byte()} << 8;
}

}  // namespace exitscope::devices
