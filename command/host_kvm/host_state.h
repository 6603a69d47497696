// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What of this host decides where a run can be done.

#include <filesystem>
#include <optional>
#include <string>

#include "evidence/setting.h"

namespace exitscope::command::host_kvm {

struct HostState {
    /// What the CPU shows in /proc/cpuinfo; unknown: neither `vmx` nor `svm`.
    model::InstructionSet isa = model::InstructionSet::unknown;
    /// The setting that is loaded now, whoever's KVM it is.
    std::optional<evidence::Setting> loaded{};
    /// The same, if that KVM has the exit counters' parameter.
    std::optional<evidence::Setting> in_force{};
    /// The value of that parameter: 0 off, 1 the guest's kernel may read, 2 its programs, too.
    int exit_counters = 0;
    /// Whether this user may open /dev/kvm to read and write.
    bool kvm_opens = false;
    /// Whether load-kvm remembers modules to put back.
    bool remembers = false;
    bool is_root = false;
    /// The release of the kernel that runs, `6.5.0-41-generic`.
    std::string release{};
    /// Whether kvm-patch/ has a series for that kernel.
    bool has_series = true;
};

/// Where to look. EXITSCOPE_SYS, EXITSCOPE_PROC, EXITSCOPE_STATE and EXITSCOPE_DEV in the environment are
/// folders that stand for /sys, /proc, /run/exitscope and /dev in tests.
struct HostFolders {
    std::filesystem::path sys;
    std::filesystem::path proc;
    std::filesystem::path state;
    std::filesystem::path dev;
};

[[nodiscard]] HostFolders host_folders();

/// `series` has a folder for each version of Linux that there is a series for; empty: nobody asks.
[[nodiscard]] HostState read_host_state(const HostFolders& folders, const std::filesystem::path& series = {});

}  // namespace exitscope::command::host_kvm
