// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// CPUID of a nested guest as a hypervisor handles it: it asks why and where the guest left, and has it go on
// behind the instruction. Under SVM all that is memory; a VMCS takes four instructions.

#include "workloads/support/nested.h"

namespace exitscope::workloads {

namespace {

std::string_view prepare(std::uint64_t) {
    if (const auto problem = prepare_nested({}, arch::nested_cpuid_loop); !problem.empty())
        return problem;
    arch::set_nested_entry(arch::nested_cpuid_loop);
    return arch::missed_event();
}

void step(std::uint64_t) {
    arch::enter_nested();
    arch::skip_nested_instruction();
}

constexpr Price price(const Subject& subject) {
    constexpr std::uint32_t fields_read = 3;
    Price price = nested_turn(subject, VmxExitReason::cpuid, SvmExitReason::cpuid);
    price.each.add(nested_fields_written(subject));
    if (subject.isa == InstructionSet::vmx)
        price.each.add(
            {number_of(VmxExitReason::vmread), fields_read * subject.exits_per_vmread, "hypervisor"});
    return price;
}

constexpr Workload nested_cpuid_handled = checked({
    .name = "nested_cpuid_handled",
    .summary = "CPUID of a nested guest, handled by its hypervisor: it reads the reason and steps over it",
    .why = "as nested_cpuid; each VMREAD and VMWRITE exits, unless the CPU has shadow VMCSs and KVM uses "
           "them (enable_shadow_vmcs)",
    .source = "Linux vmx/nested.c, handle_vmread(), handle_vmwrite(); vmx/vmcs_shadow_fields.h; "
              "svm/nested.c, nested_svm_vmexit()",
    .group = Group::nested,
    .skip_reason = skip_without_nested,
    .prepare = prepare,
    .step = step,
    .finish = arch::stop_hypervisor,
    .price = price,
});

REGISTER_WORKLOAD(nested_cpuid_handled);

}  // namespace

}  // namespace exitscope::workloads
