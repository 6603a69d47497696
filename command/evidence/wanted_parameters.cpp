// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "evidence/wanted_parameters.h"

#include <fmt/format.h>

#include <array>

namespace exitscope::command::evidence {

namespace {

struct WantedParameter {
    std::string_view module;
    std::string_view name;
    /// As /sys/module shows it; `Y` and `1` are one, as are `N` and `0`.
    std::string_view value;
    std::string_view effect;
    /// KVM switches it off by itself under shadow paging.
    bool needs_two_dimensional = false;
};

/// Source: Linux 6.1, 6.12 and 7.3, arch/x86/kvm: x86.c, mmu/mmu.c, mmu/spte.c, vmx/vmx.c, svm/svm.c. The
/// values are KVM's defaults, or those that load-kvm and the lab set. What depends on the CPU alone, as
/// kvm_intel.pml, is not here: docs/kvm-features.md.
constexpr std::array wanted_parameters{
    WantedParameter{"kvm", "ignore_msrs", "N", "an access to an unknown MSR is no #GP"},
    WantedParameter{"kvm", "enable_vmware_backdoor", "N", "each #GP of the guest exits"},
    WantedParameter{"kvm", "force_emulation_prefix", "0", "a #UD of the guest may be emulated"},
    WantedParameter{"kvm", "mmio_caching", "Y",
                    "an access to a device's address is a fault each time, no misconfiguration"},
    WantedParameter{"kvm", "tdp_mmu", "Y", "another code fills the nested page tables, pages ahead with it",
                    true},
    WantedParameter{"kvm", "nx_huge_pages", "N",
                    "the first fetch from a huge page splits it, and split pages are zapped after a time"},
    WantedParameter{"kvm", "pi_inject_timer", "0", "timers are delivered without an exit"},
    WantedParameter{"kvm_intel", "vpid", "Y", "INVPCID and INVLPG flush more"},
    WantedParameter{"kvm_intel", "flexpriority", "Y", "each access to the local APIC's page is emulated"},
    WantedParameter{"kvm_intel", "unrestricted_guest", "Y", "real mode is emulated", true},
    WantedParameter{"kvm_intel", "eptad", "Y", "KVM write-protects to see which pages are used", true},
    WantedParameter{"kvm_intel", "enable_apicv", "N",
                    "the CPU is the APIC: interrupts and their end do not exit"},
    WantedParameter{"kvm_intel", "preemption_timer", "Y", "the host's timer delivers the guest's"},
    WantedParameter{"kvm_intel", "vnmi", "Y",
                    "KVM watches for the end of an NMI handler by interrupt windows"},
    WantedParameter{"kvm_intel", "allow_smaller_maxphyaddr", "N", "each page fault of the guest may exit",
                    true},
    WantedParameter{"kvm_intel", "ple_gap", "128", "a loop of PAUSE exits earlier, later or never"},
    WantedParameter{"kvm_amd", "avic", "N", "the CPU is the APIC: interrupts and their end do not exit"},
};

bool same_value(std::string_view one, std::string_view other) {
    const auto plain = [](std::string_view value) {
        return value == "Y" ? std::string_view{"1"} : value == "N" ? std::string_view{"0"} : value;
    };
    return plain(one) == plain(other);
}

}  // namespace

std::vector<OddParameter> odd_parameters(const HostEvidence& host) {
    std::vector<OddParameter> odd;
    for (const auto& wanted : wanted_parameters) {
        const auto module = host.parameters.find(std::string{wanted.module});
        if (module == host.parameters.end())
            continue;
        const auto parameter = module->second.find(std::string{wanted.name});
        if (parameter == module->second.end() || same_value(parameter->second, wanted.value))
            continue;
        if (wanted.needs_two_dimensional && host.paging() != model::Paging::two_dimensional)
            continue;
        odd.push_back(
            {fmt::format("{}.{}={}", wanted.module, wanted.name, parameter->second), wanted.effect});
    }
    return odd;
}

std::string odd_parameters_text(const HostEvidence& host) {
    std::string text;
    for (const auto& odd : odd_parameters(host))
        text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", odd.text, odd.effect);
    return text;
}

}  // namespace exitscope::command::evidence
