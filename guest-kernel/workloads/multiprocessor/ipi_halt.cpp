// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// Two vCPUs that wake each other from HLT, in turn.

#include <atomic>

#include "arch/wait.h"
#include "workloads/support/receivers.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

constexpr std::uint32_t sender = 0;
constexpr std::uint32_t receiver = 1;

std::uint64_t answers = 0;

/// What the receiver does. It sets `present`, `answering` and `absent` itself, the sender the two others.
enum class Stage : std::uint8_t { absent, present, asked_to_answer, answering, stopped };
std::atomic<Stage> stage{Stage::absent};

/// On the receiver.
void spin_for(Stage wanted) {
    arch::spin_until([=] { return stage == wanted; });
}

/// On the sender.
void wait_for(Stage wanted) {
    arch::wait_until([=] { return stage == wanted; }, "the other processor did not go on with its job");
}

// Before the first interrupt and after the last one it spins, so that it does exactly one HLT for each
// interrupt in the window, whichever of the two vCPUs is faster.
void answer() {
    stage = Stage::present;
    spin_for(Stage::asked_to_answer);
    stage = Stage::answering;
    for (std::uint64_t count = 0; count < answers; ++count) {
        arch::halt_until_interrupt();
        arch::send_interrupt(sender, arch::ipi_vector);
    }
    spin_for(Stage::stopped);
    stage = Stage::absent;
}

std::string_view prepare(std::uint64_t iterations) {
    answers = iterations;
    arch::start_job(receiver, answer);
    wait_for(Stage::present);
    return arch::missed_event();
}

void step(std::uint64_t index) {
    if (index == 0) {
        stage = Stage::asked_to_answer;
        wait_for(Stage::answering);
    }
    arch::send_interrupt(receiver, arch::ipi_vector);
    arch::halt_until_interrupt();
}

void finish() {
    stage = Stage::stopped;
    wait_for(Stage::absent);
}

constexpr Price price_of(const Subject& subject, std::uint32_t vcpus) {
    return {.each = {{subject.reason(VmxExitReason::hlt, SvmExitReason::hlt), vcpus},
                     interrupts_sent(subject, vcpus),
                     interrupts_ended(subject, vcpus)}};
}

constexpr Price price(const Subject& subject) {
    return price_of(subject, 1);
}

constexpr Price vm_price(const Subject& subject) {
    return price_of(subject, 2);
}

constexpr Workload ipi_halt = checked({
    .name = "ipi_halt",
    .summary = "an interrupt that wakes another vCPU from HLT, and one back",
    .why =
        "each vCPU exits for its HLT, for the WRMSR that wakes the other one, and for the one that ends its "
        "own interrupt (none with APICv)",
    .source = "Linux kvm_main.c, kvm_vcpu_halt(); lapic.c, __apic_accept_irq()",
    .group = Group::multiprocessor,
    .interrupts = Interrupts::on,
    .max_iterations = 50,
    .skip_reason = skip_without_processors,
    .prepare = prepare,
    .step = step,
    .finish = finish,
    .price = price,
    .vm_price = vm_price,
});

REGISTER_WORKLOAD(ipi_halt);

}  // namespace

}  // namespace exitscope::workloads
