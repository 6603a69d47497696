// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// Arming the APIC's timer for a time that never comes: shows counters that miss the fast path.

#include "arch/local_apic.h"
#include "workloads/support/tsc_deadline.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

constexpr std::uint64_t years_from_now = std::uint64_t{1} << 56;

void step(std::uint64_t index) {
    arch::wrmsr(arch::Msr::tsc_deadline, years_from_now + index);
}

constexpr Price price(const Subject& subject) {
    return {.each = {tsc_deadline_write(subject)}};
}

constexpr Workload tsc_deadline_far = checked({
    .name = "tsc_deadline_far",
    .summary = "WRMSR of IA32_TSC_DEADLINE, years ahead",
    .why = "each exits, though KVM answers it in its fast path and, on VMX, enters the guest again at once",
    .source = "Linux x86.c, handle_fastpath_set_tscdeadline()",
    .group = Group::interrupt,
    .skip_reason = skip_without_tsc_deadline,
    .prepare = start_tsc_deadline,
    .step = step,
    .finish = stop_tsc_deadline,
    .price = price,
});

REGISTER_WORKLOAD(tsc_deadline_far);

}  // namespace

}  // namespace exitscope::workloads
