// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// Workloads whose interrupt comes before the HLT that is to wait for it, as when the interrupt shadow of STI
// is lost. IRETQ makes that come about on any CPU: it lets interrupts in at the HLT itself.
// tests/lab/halts.bats looks at what is made of it.

#include <cstdint>

#include "arch/local_apic.h"
#include "workloads/support/interrupts.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

/// Goes to the HLT of arch::halt_until_interrupt() with IF = 1 and no shadow; comes back as that does.
void halt_without_shadow() {
    asm volatile(
        "leaq 1f(%%rip), %%rax\n"
        "pushq %%rax\n"
        "movq %%rsp, %%rax\n"
        "movl %%ss, %%ecx\n"
        "pushq %%rcx\n"
        "pushq %%rax\n"
        "pushfq\n"
        "orq $0x200, (%%rsp)\n"
        "movl %%cs, %%ecx\n"
        "pushq %%rcx\n"
        "leaq halt_instruction(%%rip), %%rax\n"
        "pushq %%rax\n"
        "iretq\n"
        "1:\n"
        :
        :
        : "rax", "rcx", "cc", "memory");
}

std::uint64_t windows = 0;

std::string_view count_window(std::uint64_t) {
    ++windows;
    return {};
}

void halt(bool miss) {
    arch::send_self_interrupt(arch::ipi_vector);
    if (miss)
        halt_without_shadow();
    else
        arch::halt_until_interrupt();
}

constexpr Price price(const Subject& subject) {
    return {.each = {{subject.reason(VmxExitReason::hlt, SvmExitReason::hlt)},
                     {msr_write(subject), 1, "msr:0x830"},
                     {msr_write(subject), subject.exits_per_eoi, "msr:0x80b"}}};
}

constexpr Workload every_other_window = checked({
    .name = "halt_missed",
    .summary = "a HLT in every other window comes too late",
    .why = "that window is measured again",
    .source = "tests/lab/halts.bats",
    .group = Group::interrupt,
    .interrupts = Interrupts::on,
    .skip_reason = skip_without_x2apic,
    .prepare = count_window,
    .step = [](std::uint64_t index) { halt(index == 3 && windows % 2 == 1); },
    .price = price,
});

constexpr Workload each_window = checked({
    .name = "halt_missed_always",
    .summary = "a HLT in each window comes too late",
    .why = "no window counts",
    .source = "tests/lab/halts.bats",
    .group = Group::interrupt,
    .interrupts = Interrupts::on,
    .skip_reason = skip_without_x2apic,
    .step = [](std::uint64_t index) { halt(index == 3); },
    .price = price,
});

constexpr Workload waits_in_vain = checked({
    .name = "waits_in_vain",
    .summary = "waits for an interrupt that nobody sends",
    .why = "the wait ends, and says what did not come",
    .source = "tests/lab/machines.bats",
    .group = Group::interrupt,
    .interrupts = Interrupts::on,
    .skip_reason = skip_without_x2apic,
    .step =
        [](std::uint64_t) { wait_for_interrupt(arch::ipi_vector, "the interrupt of nobody did not come"); },
    .price = [](const Subject&) { return Price{}; },
});

REGISTER_WORKLOAD(waits_in_vain);
REGISTER_WORKLOAD(every_other_window);
REGISTER_WORKLOAD(each_window);

}  // namespace

}  // namespace exitscope::workloads
