// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// One thing that is otherwise than usual: a parameter of KVM's modules, or something of the machine that QEMU
// shows to its guest.

#include <string>
#include <vector>

#include "evidence/host_evidence.h"
#include "lab/lab_job.h"

namespace exitscope::command::sweep {

struct Change {
    /// A file name, too: `kvm_intel.vpid=N`, `cpu=-x2apic`.
    std::string name{};
    /// What it is else; empty where that has no name.
    std::string usual{};
    /// The module and the parameter; both empty for a change of the machine.
    std::string module{};
    std::string parameter{};
    lab::HostChange host{};

    bool operator==(const Change&) const = default;
};

/// What a parameter of KVM that says so is set to instead: no for yes and the other way round, 0 for a
/// number, 1 for 0. Empty for what is neither.
[[nodiscard]] std::string other_value(const std::string& value);

/// A change of each parameter of the modules that were loaded, in the order of their names. Those that a
/// setting or exitscope itself decides about are left out.
[[nodiscard]] std::vector<Change> parameter_changes(const evidence::HostEvidence& host);

/// Whether that host's KVM has the parameter as it was asked to. Where the CPU, or another parameter, does
/// not let it, KVM keeps the value. True for a change of the machine.
[[nodiscard]] bool took_place(const Change& change, const evidence::HostEvidence& host);

/// What can be changed of the machine.
[[nodiscard]] std::vector<Change> machine_changes();

}  // namespace exitscope::command::sweep
