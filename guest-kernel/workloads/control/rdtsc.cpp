// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// RDTSC. A negative control: it has an exit reason of its own that KVM never asks for.

#include "arch/time_stamp.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    static_cast<void>(arch::read_time_stamp());
}

constexpr Price price(const Subject&) {
    return {};
}

constexpr Workload rdtsc = checked({
    .name = "rdtsc",
    .summary = "RDTSC",
    .why = "KVM gives the guest the time-stamp counter with an offset and asks for no exit",
    .source = "Linux vmx/vmx.c, vmx_exec_control(): RDTSC_EXITING; svm/svm.c, init_vmcb()",
    .group = Group::control,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(rdtsc);

}  // namespace

}  // namespace exitscope::workloads
