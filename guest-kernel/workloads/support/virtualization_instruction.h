// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What the workloads about VMX's and SVM's own instructions share. The guest is no hypervisor, so each ends
// in #UD, raised by the CPU or by KVM.

#include "workloads/workload.h"

namespace exitscope::workloads {

/// An instruction of VMX. Under VMX it exits by itself, and KVM injects the #UD; under SVM it is no
/// instruction, and KVM intercepts the CPU's #UD.
consteval Workload vmx_instruction(std::string_view name, std::string_view summary,
                                   void (*step)(std::uint64_t), Price (*price)(const Subject&)) {
    return checked({
        .name = name,
        .summary = summary,
        .why = "VMX: exits unconditionally and KVM injects #UD; SVM: no such instruction, and KVM intercepts "
               "#UD",
        .source = "Intel SDM Vol. 3C, Instructions That Cause VM Exits Unconditionally; Linux vmx/vmx.c, "
                  "handle_vmx_instruction(); vmx/nested.c, nested_vmx_check_permission(); svm/svm.c, "
                  "init_vmcb()",
        .group = Group::instruction,
        .step = step,
        .price = price,
    });
}

/// The price of an instruction of VMX that raises #UD in each step.
[[nodiscard]] constexpr Price vmx_instruction_price(const Subject& subject, VmxExitReason own) {
    return {.each = {{subject.reason(own, SvmExitReason::excp_ud)}}};
}

/// An instruction of SVM. Under SVM it exits by itself, and KVM injects the #UD; under VMX it is no
/// instruction, and KVM intercepts the CPU's #UD.
consteval Workload svm_instruction(std::string_view name, std::string_view summary,
                                   void (*step)(std::uint64_t), Price (*price)(const Subject&),
                                   std::string_view (*prepare)(std::uint64_t) = nullptr,
                                   void (*finish)() = nullptr) {
    return checked({
        .name = name,
        .summary = summary,
        .why = "SVM: KVM intercepts it unless virtual GIF, VMLOAD or VMSAVE is in force, which 7.3 wants "
               "EFER.SVME for; VMX: no such instruction, and KVM intercepts #UD",
        .source = "AMD APM vol. 2, Instruction Intercepts; Linux svm/svm.c, init_vmcb(), 7.3 "
                  "svm_recalc_instruction_intercepts(); svm/nested.c, "
                  "nested_svm_check_permissions(); vmx/vmx.c, vmx_update_exception_bitmap()",
        .group = Group::instruction,
        .prepare = prepare,
        .step = step,
        .finish = finish,
        .price = price,
    });
}

/// The price of an instruction of SVM; `own_exits`: its exits a step under SVM.
[[nodiscard]] constexpr Price svm_instruction_price(const Subject& subject, SvmExitReason own,
                                                    std::uint32_t own_exits = 1) {
    if (subject.isa == InstructionSet::svm)
        return {.each = {{number_of(own), own_exits}}};
    return {.each = {{number_of(VmxExitReason::exception_nmi)}}};
}

}  // namespace exitscope::workloads
