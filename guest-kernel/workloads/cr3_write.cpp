// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// MOV to CR3 of the value that it has: shadow paging must see it, two-dimensional paging need not.

#include "arch/control_register.h"
#include "workloads/workload.h"

namespace exitscope {

namespace {

std::uint64_t root = 0;

// Source: Intel SDM Vol. 3C, "CR3-load exiting", which KVM drops with EPT; AMD APM vol. 2, "CR3 write
// intercept", which Linux 6.1, arch/x86/kvm/svm/svm.c, init_vmcb() clears with NPT.
constexpr Expected expected(const Subject& subject, std::uint64_t iterations) {
    if (subject.paging == Paging::two_dimensional)
        return {};
    return {{subject.reason(VmxExitReason::cr_access, SvmExitReason::cr3_write), iterations}};
}

std::string_view prepare(std::uint64_t) {
    root = arch::read_cr3();
    return {};
}

void run(std::uint64_t iterations) {
    for (std::uint64_t i = 0; i < iterations; ++i)
        arch::write_cr3(root);
}

constexpr Workload cr3_write = checked({
    .name = "cr3_write",
    .summary = "MOV to CR3, the same value",
    .group = Group::paging,
    .prepare = prepare,
    .run = run,
    .expected = expected,
});

REGISTER_WORKLOAD(cr3_write);

}  // namespace

}  // namespace exitscope
