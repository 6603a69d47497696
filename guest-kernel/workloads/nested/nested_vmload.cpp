// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// VMLOAD by a hypervisor: EFER.SVME is set. Whether the CPU does it is what KVM shows its guest in CPUID.

#include "arch/svm_instructions.h"
#include "workloads/support/control_block.h"
#include "workloads/support/nested.h"

namespace exitscope::workloads {

namespace {

std::string_view prepare(std::uint64_t) {
    if (const auto problem = arch::start_hypervisor({}); !problem.empty())
        return problem;
    arch::vmsave(control_block());  // so that VMLOAD loads what the CPU holds
    return {};
}

void step(std::uint64_t) {
    arch::vmload(control_block());
}

constexpr Price price(const Subject& subject) {
    return price_without(CpuFeature::virtual_vmload, subject, SvmExitReason::vmload);
}

constexpr Workload nested_vmload = checked({
    .name = "nested_vmload",
    .summary = "VMLOAD of a hypervisor",
    .why = "with virtual VMLOAD and VMSAVE the CPU does it for a guest with EFER.SVME; else KVM does, and "
           "intercepts it",
    .source = "AMD APM vol. 2, VMSAVE and VMLOAD Virtualization; Linux svm/svm.c, init_vmcb(), "
              "vmload_vmsave_interception()",
    .group = Group::nested,
    .skip_reason = skip_without_nested_svm,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_vmload);

}  // namespace

}  // namespace exitscope::workloads
