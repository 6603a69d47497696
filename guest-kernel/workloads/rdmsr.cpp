// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// RDMSR of EFER: KVM always intercepts this register.

#include "arch/msr.h"
#include "workloads/workload.h"

namespace exitscope {

namespace {

// Source: as for the workload wrmsr; SVM has one code for both directions.
constexpr Expected expected(const Subject& subject, std::uint64_t iterations) {
    return {{subject.reason(VmxExitReason::msr_read, SvmExitReason::msr), iterations}};
}

void run(std::uint64_t iterations) {
    for (std::uint64_t i = 0; i < iterations; ++i)
        static_cast<void>(arch::rdmsr(arch::Msr::efer));
}

constexpr Workload rdmsr = checked({
    .name = "rdmsr",
    .summary = "RDMSR of EFER",
    .group = Group::msr,
    .run = run,
    .expected = expected,
});

REGISTER_WORKLOAD(rdmsr);

}  // namespace

}  // namespace exitscope
