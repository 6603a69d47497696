// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Everything that `exitscope doctor` looks at, before it judges.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "doctor/kernel_facts.h"
#include "host_kvm/host_state.h"
#include "host_kvm/kvm_probe.h"
#include "host_kvm/kvm_users.h"
#include "host_kvm/tracing.h"

namespace exitscope::command::doctor {

struct HostFacts {
    host_kvm::HostState state{};
    host_kvm::KvmProbe probe{};
    /// Whether /proc/cpuinfo has the flag of two-dimensional paging.
    bool two_dimensional = false;
    /// `root:kvm 0660`; empty where there is no /dev/kvm.
    std::string device_owner{};
    bool is_root = false;
    std::string release{};
    bool headers = false;
    KernelFacts kernel{};
    /// By name: srcversion, else build id; `built in` for what cannot be unloaded.
    std::map<std::string, std::string> modules{};
    /// Those of them that are vendor modules for neither VMX nor SVM.
    std::vector<std::string> other_vendors{};
    /// Those of the modules' parameters that matter, as `kvm_intel.ept`.
    std::map<std::string, std::string> parameters{};
    bool built_in = false;
    /// The kernel takes signed modules only.
    bool signed_only = false;
    /// Who keeps KVM from being unloaded.
    std::vector<host_kvm::KvmUser> kvm_users{};
    host_kvm::Tracing tracing = host_kvm::Tracing::possible;
    /// QEMU's first line of --version; empty without QEMU.
    std::string qemu{};
    /// Values of files that decide about noise; nothing where the kernel has none.
    std::optional<std::string> huge_pages{};
    std::optional<std::string> ksm{};
    std::optional<std::string> nmi_watchdog{};
};

struct LabFacts {
    /// Programs that are wanted and not in PATH.
    std::vector<std::string> missing_programs{};
    /// Why the checkout does not say what the lab needs; empty if it does.
    std::string checkout_problem{};
    /// The default L1 kernel's version, and whether the archive of its source is there.
    std::string kernel{};
    bool kernel_source = false;
    std::string cache{};
    std::uint64_t free_bytes = 0;
    /// Kernels that were built before.
    int cached_kernels = 0;
};

/// Reads files and asks programs; changes nothing.
[[nodiscard]] HostFacts gather_host_facts(const host_kvm::HostFolders& folders);
[[nodiscard]] LabFacts gather_lab_facts();

}  // namespace exitscope::command::doctor
