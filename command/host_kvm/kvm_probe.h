// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What KVM does when it is really used: opens, makes a VM with a vCPU, and has a guest execute CPUID.

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "model/cpuid_result.h"

namespace exitscope::command::host_kvm {

/// CPUID with a leaf in EAX and a sub-leaf in ECX, executed by a guest at CPL 0; nothing if the guest did not
/// do it.
using GuestCpuid = std::function<std::optional<model::CpuidResult>(std::uint32_t, std::uint32_t)>;

/// Each step is tried if the one before it worked; errors are errno's values, 0 for success.
struct KvmProbe {
    int open_error = 0;
    /// KVM_GET_API_VERSION; 12 for twenty years.
    int api_version = 0;
    int vm_error = 0;
    int vcpu_error = 0;
    /// Whether a guest executed CPUID and halted.
    bool guest_runs = false;
    /// `exitscope`, or a course patch's layout; empty without counters that can be used.
    std::string counters{};
    /// What is missing in a course patch's counters, or not as the assignments want it.
    std::string remark{};

    [[nodiscard]] bool works() const {
        return open_error == 0 && api_version == 12 && vm_error == 0 && vcpu_error == 0 && guest_runs;
    }
};

/// Finds out whose counters a guest reads: those of abi/exit_counters.h, or a course patch's. Writes
/// `counters` and `remark`.
void look_for_counters(const GuestCpuid& cpuid, KvmProbe& probe);

/// Makes a VM of one page and ends it; nothing else on the host changes.
[[nodiscard]] KvmProbe probe_kvm(const std::filesystem::path& device);

}  // namespace exitscope::command::host_kvm
