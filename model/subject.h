// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What a run finds out about its hypervisor before it measures; every oracle may depend on it.

#include <cstdint>
#include <string_view>

#include "model/cpu_feature.h"
#include "model/device.h"
#include "model/exit_reason.h"

namespace exitscope::model {

/// How large the pages are with which the host backs fresh guest memory.
enum class Backing : std::uint8_t { unknown, pages_4k, larger };

[[nodiscard]] constexpr std::string_view name_of(Backing backing) {
    switch (backing) {
        case Backing::pages_4k:
            return "4k";
        case Backing::larger:
            return "larger";
        default:
            return "unknown";
    }
}

struct Subject {
    InstructionSet isa = InstructionSet::unknown;
    Paging paging = Paging::unknown;
    Backing backing = Backing::unknown;
    /// 1 where ending an interrupt exits: KVM is the APIC. 0 where the CPU is (APICv, AVIC); it then also
    /// delivers interrupts to the guest by itself.
    std::uint8_t exits_per_eoi = 1;
    /// 1 where STGI and CLGI exit, 0 where virtual GIF lets an SVM guest execute them.
    std::uint8_t exits_per_stgi = 1;
    /// 1 where VMLOAD and VMSAVE exit, 0 where the CPU virtualizes them for an SVM guest.
    std::uint8_t exits_per_vmload = 1;
    /// 1 where the IRET of an NMI's handler exits, 0 where the CPU keeps track of the handler: virtual NMIs,
    /// which VMX has and SVM may have (kvm_amd.vnmi).
    std::uint8_t exits_per_nmi_iret = 0;
    /// 1 where VMREAD and VMWRITE of a hypervisor exit, 0 where a shadow VMCS lets it have the usual fields.
    std::uint8_t exits_per_vmread = 1;
    /// What VMFUNC costs under VMX: its own exit where KVM enables VM functions (6.1), #UD where not (6.12).
    ReasonNumber vmfunc = 0;
    /// True on the SVM of QEMU's TCG. A guest's write of CR8 may crash it.
    bool qemu_tcg = false;
    /// True where INVD is reported as WBINVD: QEMU's TCG before 9.1, which does not intercept XSETBV either.
    bool invd_is_wbinvd = false;
    /// True where reads of CR3 and CR4 are not intercepted: QEMU's TCG from 9.1 on.
    bool cr_reads_lost = false;
    /// 1 where a string instruction for a port exits even if it has no element left, 0 otherwise.
    std::uint8_t exits_per_empty_string = 0;
    /// The vCPUs that the run uses.
    std::uint8_t vcpus = 1;
    CpuFeatures cpu{};
    Devices devices{};

    /// The number of one event under the instruction set at hand.
    [[nodiscard]] constexpr ReasonNumber reason(VmxExitReason vmx, SvmExitReason svm) const {
        return reason_of(isa, vmx, svm);
    }
};

}  // namespace exitscope::model
