// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// STGI by a hypervisor: EFER.SVME is set. Whether the CPU does it is what KVM shows its guest in CPUID.

#include "arch/svm_instructions.h"
#include "workloads/support/nested.h"

namespace exitscope::workloads {

namespace {

std::string_view prepare(std::uint64_t) {
    return arch::start_hypervisor({});
}

void step(std::uint64_t) {
    arch::stgi();
}

constexpr Price price(const Subject& subject) {
    return price_without(CpuFeature::virtual_gif, subject, SvmExitReason::stgi);
}

constexpr Workload nested_stgi = checked({
    .name = "nested_stgi",
    .summary = "STGI of a hypervisor",
    .why =
        "with virtual GIF the CPU keeps the flag of a guest with EFER.SVME; else KVM does, and intercepts it",
    .source =
        "AMD APM vol. 2, Virtual GIF; Linux svm/svm.c, init_vmcb(), 7.3 svm_recalc_instruction_intercepts()",
    .group = Group::nested,
    .skip_reason = skip_without_nested_svm,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_stgi);

}  // namespace

}  // namespace exitscope::workloads
