// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "arch/local_apic.h"

#include <initializer_list>

#include "arch/interrupts.h"

namespace exitscope::arch {

namespace {

constexpr std::uint64_t apic_base_x2apic = 1U << 10;
constexpr std::uint64_t apic_base_enable = 1U << 11;
constexpr std::uint64_t spurious_vector_enable = 1U << 8;
constexpr std::uint64_t spurious_vector = 0x3f;
constexpr std::uint64_t divide_by_1 = 0b1011;

}  // namespace

bool enable_local_apic() {
    constexpr std::uint64_t mode = apic_base_enable | apic_base_x2apic;
    wrmsr_or_fault(Msr::apic_base, rdmsr(Msr::apic_base) | mode);
    if ((rdmsr(Msr::apic_base) & mode) != mode)
        return false;
    wrmsr(Msr::x2apic_spurious_vector, spurious_vector_enable | spurious_vector);
    wrmsr(Msr::x2apic_timer_divide, divide_by_1);
    return true;
}

bool start_local_apic() {
    if (!enable_local_apic())
        return false;
    set_timer(TimerMode::one_shot, timer_vector);
    for (const auto vector : {timer_vector, ipi_vector})
        set_interrupt_handler(vector, [](InterruptFrame&) { end_of_interrupt(); });
    return true;
}

}  // namespace exitscope::arch
