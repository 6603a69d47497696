// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// A host on which a run would work, for tests to spoil.

#include <algorithm>

#include "doctor/examine.h"

namespace exitscope::command::doctor {

/// An Intel host with a stock KVM, on which root could measure.
inline HostFacts good_host() {
    return {.state = {.isa = model::InstructionSet::vmx, .kvm_opens = true},
            .probe = {.api_version = 12, .guest_runs = true},
            .two_dimensional = true,
            .device_owner = "root:kvm 0660",
            .is_root = true,
            .release = "6.1.0",
            .headers = true,
            .modules = {{"kvm", "A1"}, {"kvm_intel", "B2"}},
            .parameters = {{"kvm_intel.ept", "Y"}},
            .qemu = "QEMU emulator version 7.2"};
}

inline Finding of(const HostFacts& facts, std::string_view item) {
    const auto examination = examine_host(facts);
    const auto found = std::ranges::find(examination.findings, item, &Finding::item);
    return found == examination.findings.end() ? Finding{.item = "none"} : *found;
}

}  // namespace exitscope::command::doctor
