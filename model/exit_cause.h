// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Why a Linux guest makes exits of a reason, and what paging has to do with it, in a sentence for people.

#include <string_view>

#include "model/exit_reason.h"

namespace exitscope::model {

namespace cause {

inline constexpr std::string_view interrupts =
    "the host's own interrupts while the guest ran: they grow with the time it takes, not with its work";
inline constexpr std::string_view windows = "KVM waits for the guest to take an interrupt";
inline constexpr std::string_view fault =
    "shadow paging: KVM sees each page fault of the guest and each first use of a mapping, as it has to fill "
    "or mend its own tables; with a second level the guest handles its page faults alone";
inline constexpr std::string_view control =
    "shadow paging: each switch to another address space (MOV to CR3) exits, as KVM has to switch its "
    "tables; with a second level only bits of CR0 and CR4 that KVM owns do";
inline constexpr std::string_view invalidation =
    "shadow paging: each INVLPG exits, as KVM may hold a copy of the entry; with a second level it never "
    "does";
inline constexpr std::string_view violation =
    "the first access to each guest page that KVM has not mapped in the second-level table yet, and here "
    "each access to the local APIC, whose page KVM without APICv never maps; without such a table there is "
    "no such exit";
inline constexpr std::string_view device =
    "an access to a device that KVM has marked in the second-level table, so that it need not look for a "
    "page; under shadow paging it is a page fault";
inline constexpr std::string_view identification =
    "always exits, whatever the paging: the same work has the same count. Each program that starts makes "
    "some 20 (Intel) or 30 (AMD), as the C library asks for the CPU's features and caches";
inline constexpr std::string_view halt =
    "the guest is idle until its next timer tick; paging has no part in it";
inline constexpr std::string_view io =
    "port I/O always exits, whatever the paging: here the serial console, two exits a character, and in the "
    "boot the firmware and the timer against which Linux measures its clocks, for a fixed time and not a "
    "fixed number of reads";
inline constexpr std::string_view timer = "KVM's timer for the guest's next tick";
inline constexpr std::string_view msr_access = "MSRs that KVM emulates; paging has no part in it";

}  // namespace cause

/// Empty for a reason of which there is nothing to say.
[[nodiscard]] constexpr std::string_view cause_of(VmxExitReason reason) {
    using enum VmxExitReason;
    switch (reason) {
        case exception_nmi:
            return cause::fault;
        case external_interrupt:
            return cause::interrupts;
        case interrupt_window:
            return cause::windows;
        case cpuid:
            return cause::identification;
        case hlt:
            return cause::halt;
        case invlpg:
        case invpcid:
            return cause::invalidation;
        case cr_access:
            return cause::control;
        case io_instruction:
            return cause::io;
        case msr_read:
        case msr_write:
            return cause::msr_access;
        case ept_violation:
            return cause::violation;
        case ept_misconfig:
            return cause::device;
        case preemption_timer:
            return cause::timer;
        default:
            return {};
    }
}

[[nodiscard]] constexpr std::string_view cause_of(SvmExitReason reason) {
    using enum SvmExitReason;
    switch (reason) {
        case cr3_read:
        case cr3_write:
            return cause::control;
        case excp_pf:
            return cause::fault;
        case intr:
            return cause::interrupts;
        case vintr:
            return cause::windows;
        case cpuid:
            return cause::identification;
        case hlt:
            return cause::halt;
        case invlpg:
            return cause::invalidation;
        case ioio:
            return cause::io;
        case msr:
            return cause::msr_access;
        case npf:
            return cause::violation;
        default:
            return {};
    }
}

/// The same for either instruction set.
[[nodiscard]] constexpr std::string_view cause_of(InstructionSet isa, ReasonNumber reason) {
    switch (isa) {
        case InstructionSet::vmx:
            return cause_of(static_cast<VmxExitReason>(reason));
        case InstructionSet::svm:
            return cause_of(static_cast<SvmExitReason>(reason));
        default:
            return {};
    }
}

static_assert(cause_of(InstructionSet::vmx, 48) == cause_of(InstructionSet::svm, 0x400));
static_assert(cause_of(InstructionSet::unknown, 48).empty());

}  // namespace exitscope::model
