// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "linux/key_reason.h"

#include <algorithm>
#include <array>

namespace exitscope {

namespace {

struct KeyReason {
    InstructionSet isa;
    ReasonNumber first;
    ReasonNumber last;
    std::string_view why;
};

constexpr auto vmx = InstructionSet::vmx;
constexpr auto svm = InstructionSet::svm;

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
constexpr std::string_view msr = "MSRs that KVM emulates; paging has no part in it";

constexpr std::array key_reasons{
    KeyReason{vmx, 0, 0, fault},
    KeyReason{vmx, 1, 1, interrupts},
    KeyReason{vmx, 7, 7, windows},
    KeyReason{vmx, 10, 10, identification},
    KeyReason{vmx, 12, 12, halt},
    KeyReason{vmx, 14, 14, invalidation},
    KeyReason{vmx, 28, 28, control},
    KeyReason{vmx, 30, 30, io},
    KeyReason{vmx, 31, 32, msr},
    KeyReason{vmx, 48, 48, violation},
    KeyReason{vmx, 49, 49, device},
    KeyReason{vmx, 52, 52, "KVM's timer for the guest's next tick"},
    KeyReason{vmx, 58, 58, invalidation},
    KeyReason{svm, 0x03, 0x03, control},
    KeyReason{svm, 0x13, 0x13, control},
    KeyReason{svm, 0x4e, 0x4e, fault},
    KeyReason{svm, 0x60, 0x60, interrupts},
    KeyReason{svm, 0x64, 0x64, windows},
    KeyReason{svm, 0x72, 0x72, identification},
    KeyReason{svm, 0x78, 0x78, halt},
    KeyReason{svm, 0x79, 0x79, invalidation},
    KeyReason{svm, 0x7b, 0x7b, io},
    KeyReason{svm, 0x7c, 0x7c, msr},
    KeyReason{svm, 0x400, 0x400, violation},
};

}  // namespace

std::string_view why_of(InstructionSet isa, ReasonNumber reason) {
    const auto found = std::ranges::find_if(key_reasons, [=](const KeyReason& each) {
        return each.isa == isa && each.first <= reason && reason <= each.last;
    });
    return found == key_reasons.end() ? std::string_view{} : found->why;
}

}  // namespace exitscope
