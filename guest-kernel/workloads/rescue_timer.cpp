// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "workloads/rescue_timer.h"

#include <array>

#include "arch/interrupts.h"
#include "arch/local_apic.h"
#include "arch/processors.h"

namespace exitscope {

namespace {

constexpr std::uint32_t rescue_after_ns = 2'000'000'000;
std::array<volatile bool, arch::max_processors> rescued{};

}  // namespace

void arm_rescue_timer() {
    rescued[arch::this_processor()] = false;
    arch::set_interrupt_handler(arch::rescue_vector,
                                [](arch::InterruptFrame&) { rescued[arch::this_processor()] = true; });
    arch::set_timer(arch::TimerMode::one_shot, arch::rescue_vector);
    arch::arm_timer(rescue_after_ns);
}

void disarm_rescue_timer() {
    arch::arm_timer(0);
    if (rescued[arch::this_processor()])
        arch::end_of_interrupt();
    arch::set_timer(arch::TimerMode::one_shot, arch::timer_vector);
}

}  // namespace exitscope
