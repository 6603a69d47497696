// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "devices/interrupt_controller.h"

#include <cstdint>

#include "arch/port.h"

namespace exitscope::devices {

bool has_interrupt_controller() {
    constexpr std::uint8_t all_masked = 0xff;
    constexpr std::uint8_t all_but_second_controller = 0xfb;
    arch::out8(arch::Port::pic_master_mask, all_but_second_controller);
    const bool keeps = arch::in8(arch::Port::pic_master_mask) == all_but_second_controller;
    arch::out8(arch::Port::pic_master_mask, all_masked);
    return keeps;
}

}  // namespace exitscope::devices
