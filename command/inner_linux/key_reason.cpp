// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "inner_linux/key_reason.h"

namespace exitscope::command::inner_linux {

namespace {

constexpr std::string_view interrupts =
    "the host's own interrupts while the guest ran: they grow with the time it takes, not with its work";
constexpr std::string_view windows = "KVM waits for the guest to take an interrupt";
constexpr std::string_view fault =
    "shadow paging: KVM sees each page fault of the guest and each first use of a mapping, as it has to fill "
    "or mend its own tables; with a second level the guest handles its page faults alone";
constexpr std::string_view control =
    "shadow paging: each switch to another address space (MOV to CR3) exits, as KVM has to switch its "
    "tables; with a second level only bits of CR0 and CR4 that KVM owns do";
constexpr std::string_view invalidation =
    "shadow paging: each INVLPG exits, as KVM may hold a copy of the entry; with a second level it never "
    "does";
constexpr std::string_view violation =
    "the first access to each guest page that KVM has not mapped in the second-level table yet, and here "
    "each access to the local APIC, whose page KVM without APICv never maps; without such a table there is "
    "no such exit";
constexpr std::string_view device =
    "an access to a device that KVM has marked in the second-level table, so that it need not look for a "
    "page; under shadow paging it is a page fault";
constexpr std::string_view identification =
    "always exits, whatever the paging: the same work has the same count. Each program that starts makes "
    "some 20 (Intel) or 30 (AMD), as the C library asks for the CPU's features and caches";
constexpr std::string_view halt = "the guest is idle until its next timer tick; paging has no part in it";
constexpr std::string_view io =
    "port I/O always exits, whatever the paging: here the serial console, two exits a character, and in the "
    "boot the firmware and the timer against which Linux measures its clocks, for a fixed time and not a "
    "fixed number of reads";
constexpr std::string_view msr_access = "MSRs that KVM emulates; paging has no part in it";

std::string_view why_on_vmx(model::VmxExitReason reason) {
    using enum model::VmxExitReason;
    switch (reason) {
        case exception_nmi:
            return fault;
        case external_interrupt:
            return interrupts;
        case interrupt_window:
            return windows;
        case cpuid:
            return identification;
        case hlt:
            return halt;
        case invlpg:
        case invpcid:
            return invalidation;
        case cr_access:
            return control;
        case io_instruction:
            return io;
        case msr_read:
        case msr_write:
            return msr_access;
        case ept_violation:
            return violation;
        case ept_misconfig:
            return device;
        case preemption_timer:
            return "KVM's timer for the guest's next tick";
        default:
            return {};
    }
}

std::string_view why_on_svm(model::SvmExitReason reason) {
    using enum model::SvmExitReason;
    switch (reason) {
        case cr3_read:
        case cr3_write:
            return control;
        case excp_pf:
            return fault;
        case intr:
            return interrupts;
        case vintr:
            return windows;
        case cpuid:
            return identification;
        case hlt:
            return halt;
        case invlpg:
            return invalidation;
        case ioio:
            return io;
        case msr:
            return msr_access;
        case npf:
            return violation;
        default:
            return {};
    }
}

}  // namespace

std::string_view why_of(model::InstructionSet isa, model::ReasonNumber reason) {
    switch (isa) {
        case model::InstructionSet::vmx:
            return why_on_vmx(static_cast<model::VmxExitReason>(reason));
        case model::InstructionSet::svm:
            return why_on_svm(static_cast<model::SvmExitReason>(reason));
        default:
            return {};
    }
}

}  // namespace exitscope::command::inner_linux
