// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// HLT with an interrupt pending: it is executed, and over at once.

#include "arch/local_apic.h"
#include "workloads/interrupts.h"
#include "workloads/workload.h"

namespace exitscope {

namespace {

// Under QEMU TCG an interrupt of L1 between STI and HLT loses the guest's interrupt shadow: its VMRUN does
// not load the VMCB's (helper_vmrun() in target/i386/tcg/sysemu/svm_helper.c). The pending interrupt then
// comes before HLT, which would wait for ever. This timer wakes it up; as its interrupt is not ended before
// `finish`, it costs the window nothing.
constexpr std::uint32_t rescue_after_ns = 2'000'000'000;
bool rescued = false;

std::string_view prepare(std::uint64_t) {
    rescued = false;
    arch::set_interrupt_handler(arch::rescue_vector, [](arch::InterruptFrame&) { rescued = true; });
    arch::set_timer(arch::TimerMode::one_shot, arch::rescue_vector);
    arch::arm_timer(rescue_after_ns);
    return {};
}

void step(std::uint64_t) {
    arch::send_self_interrupt(arch::ipi_vector);
    arch::halt_until_interrupt();
}

void finish() {
    arch::arm_timer(0);
    if (rescued)
        arch::end_of_interrupt();
    arch::set_timer(arch::TimerMode::one_shot, arch::timer_vector);
}

// STI holds the interrupt back until HLT was executed, so no interrupt window opens before it.
constexpr Price price(const Subject& subject) {
    return {.each = {{subject.reason(VmxExitReason::hlt, SvmExitReason::hlt)},
                     {msr_write(subject), 1, "msr:0x830"},
                     {msr_write(subject), subject.exits_per_eoi, "msr:0x80b"}}};
}

constexpr Workload hlt = checked({
    .name = "hlt",
    .summary = "HLT with an interrupt pending",
    .why = "HLT exits even if it need not wait; one WRMSR sends the interrupt, one ends it (none with APICv)",
    .source = "Intel SDM Vol. 2, STI; Linux x86.c, kvm_emulate_halt()",
    .group = Group::interrupt,
    .interrupts = Interrupts::on,
    .skip_reason = skip_without_x2apic,
    .prepare = prepare,
    .step = step,
    .finish = finish,
    .price = price,
});

REGISTER_WORKLOAD(hlt);

}  // namespace

}  // namespace exitscope
