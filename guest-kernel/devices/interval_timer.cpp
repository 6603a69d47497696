// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "devices/interval_timer.h"

#include "arch/interrupts.h"
#include "arch/msr.h"

namespace exitscope::devices {

bool has_interval_timer() {
    constexpr std::uint8_t channel_2_both_bytes_mode_0 = 0xb0;
    constexpr std::uint8_t read_status_of_channel_2 = 0xe8;
    constexpr std::uint8_t mode_bits = 0x3f;
    arch::out8(arch::Port::pit_command, channel_2_both_bytes_mode_0);
    arch::out8(arch::Port::pit_command, read_status_of_channel_2);
    return (arch::in8(arch::Port::pit_channel_2) & mode_bits) == (channel_2_both_bytes_mode_0 & mode_bits);
}

void open_interval_timer() {
    constexpr std::uint8_t initialize_with_icw4 = 0x11;
    constexpr std::uint8_t slave_on_irq_2 = 0x04;
    constexpr std::uint8_t mode_8086 = 0x01;
    constexpr std::uint8_t all_but_irq_0 = 0xfe;
    constexpr std::uint64_t delivery_mode_extint = 7U << 8;
    // The firmware left the timer periodic. A long one shot ends that, and the controller forgets what it has
    // seen so far.
    arm_interval_timer(0xffff);
    arch::out8(arch::Port::pic_master_command, initialize_with_icw4);
    arch::out8(arch::Port::pic_master_mask, interval_timer_vector);
    arch::out8(arch::Port::pic_master_mask, slave_on_irq_2);
    arch::out8(arch::Port::pic_master_mask, mode_8086);
    arch::out8(arch::Port::pic_master_mask, all_but_irq_0);
    arch::wrmsr(arch::Msr::x2apic_lvt_lint0, delivery_mode_extint);
    arch::set_interrupt_handler(interval_timer_vector, [](arch::InterruptFrame&) { end_legacy_interrupt(); });
}

void close_interval_timer() {
    constexpr std::uint64_t masked = 1U << 16;
    arch::out8(arch::Port::pic_master_mask, 0xff);
    arch::wrmsr(arch::Msr::x2apic_lvt_lint0, masked);
    arch::set_interrupt_handler(interval_timer_vector, nullptr);
}

}  // namespace exitscope::devices
