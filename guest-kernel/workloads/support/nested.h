// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What the workloads share in which the guest is a hypervisor. The counts are of both, the hypervisor and its
// guest: every exit of the vCPU to KVM. A note at each cost says whose it is.

#include <string_view>

#include "arch/nested/hypervisor.h"
#include "arch/page_pool.h"
#include "arch/wait.h"
#include "workloads/support/msr.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

[[nodiscard]] constexpr std::string_view skip_without_nested(const Subject& subject) {
    if (subject.isa == InstructionSet::svm)
        return subject.cpu.has(CpuFeature::svm) ? ""
                                                : "the guest is shown no SVM (CPUID.80000001:ECX bit 2): "
                                                  "kvm_amd has nested=0, or QEMU -svm";
    return subject.cpu.has(CpuFeature::vmx)
               ? ""
               : "the guest is shown no VMX (CPUID.1:ECX bit 5): kvm_intel has nested=0, or QEMU -vmx";
}

[[nodiscard]] constexpr std::string_view skip_without_nested_svm(const Subject& subject) {
    return subject.isa == InstructionSet::svm ? skip_without_nested(subject) : "the instruction is SVM's";
}

[[nodiscard]] constexpr std::string_view skip_without_nested_vmx(const Subject& subject) {
    return subject.isa == InstructionSet::vmx ? skip_without_nested(subject) : "the instruction is VMX's";
}

/// KVM offers its guest EPT and NPT where it uses them itself.
[[nodiscard]] constexpr std::string_view skip_without_nested_paging(const Subject& subject) {
    if (const auto reason = skip_without_nested(subject); !reason.empty())
        return reason;
    return subject.paging == Paging::two_dimensional
               ? ""
               : "KVM uses no nested paging itself, and offers its guest none";
}

/// The cost of `count` fields of a VMCS that a hypervisor writes; those of a VMCB are memory.
[[nodiscard]] constexpr Cost nested_fields_written(const Subject& subject, std::uint32_t count = 1) {
    const std::uint32_t exits = subject.isa == InstructionSet::vmx ? count * subject.exits_per_vmread : 0;
    return {number_of(VmxExitReason::vmwrite), exits, "hypervisor"};
}

/// The cost of going into the nested guest.
[[nodiscard]] constexpr Cost nested_entry(const Subject& subject, std::uint32_t count = 1) {
    return {subject.reason(VmxExitReason::vmresume, SvmExitReason::vmrun), count, "hypervisor"};
}

/// An exit of the nested guest.
[[nodiscard]] constexpr Cost nested_exit(ReasonNumber reason) {
    return {reason, 1, "nested"};
}

/// The price of one turn of the nested guest that ends with this exit.
[[nodiscard]] constexpr Price nested_turn(const Subject& subject, VmxExitReason vmx, SvmExitReason svm) {
    return {.each = {nested_entry(subject), nested_exit(subject.reason(vmx, svm))}};
}

/// The price of one turn of the nested guest from a new place on, that ends with its hypercall.
[[nodiscard]] constexpr Price nested_call_turn(const Subject& subject) {
    Price price = nested_turn(subject, VmxExitReason::vmcall, SvmExitReason::vmmcall);
    price.each.add(nested_fields_written(subject));
    return price;
}

/// The same, with an exit before that of which the hypervisor sees nothing.
[[nodiscard]] constexpr Price nested_turn_with(const Subject& subject, ReasonNumber reason) {
    Price price = nested_call_turn(subject);
    price.each.add(nested_exit(reason));
    return price;
}

/// A turn with a hypercall, and before it, where KVM shadows the guest's page tables, this exit.
[[nodiscard]] constexpr Price nested_turn_under_shadow(const Subject& subject, VmxExitReason vmx,
                                                       SvmExitReason svm) {
    if (subject.paging == Paging::two_dimensional)
        return nested_call_turn(subject);
    return nested_turn_with(subject, subject.reason(vmx, svm));
}

/// The price of a hypervisor's instruction that exits unless the CPU has the feature to do it for a guest.
[[nodiscard]] constexpr Price price_without(CpuFeature feature, const Subject& subject,
                                            SvmExitReason reason) {
    const std::uint32_t exits = subject.cpu.has(feature) ? 0 : 1;
    return {.each = {{number_of(reason), exits, "hypervisor"}}};
}

/// So that the pages of a window, and two more, are in one page table.
inline constexpr std::uint64_t most_nested_pages = arch::pages_per_table / 2 - 1;

/// Lets the nested guest do `program` once, from its beginning.
inline void do_nested(arch::NestedProgram program, std::uint64_t argument = 0) {
    arch::set_nested_entry(program);
    arch::enter_nested(argument);
}

/// Becomes a hypervisor and lets the nested guest do `program` twice, so that KVM has translations of what it
/// executes; returns what is missing, empty if nothing.
[[nodiscard]] inline std::string_view prepare_nested(const arch::NestedControls& controls,
                                                     arch::NestedProgram program,
                                                     std::uint64_t argument = 0) {
    if (const auto problem = arch::start_hypervisor(controls); !problem.empty())
        return problem;
    for (int turn = 0; turn < 2; ++turn) {
        do_nested(arch::nested_call);
        do_nested(program, argument);
    }
    const auto missed = arch::missed_event();
    if (!missed.empty())
        arch::stop_hypervisor();  // a workload that was not prepared is not finished
    return missed;
}

}  // namespace exitscope::workloads
