// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Processes that have something of KVM, from /proc. Those of other users are seen by root only.

#include <filesystem>
#include <string>
#include <vector>

namespace exitscope::command::host_kvm {

/// `77 (qemu-system-x86)` for each that has /dev/kvm, a VM, a vCPU or their like open or mapped, by number.
[[nodiscard]] std::vector<std::string> processes_with_kvm(const std::filesystem::path& proc);

/// `process 12 (perf), which has perf events open`: each that may hold KVM's modules without any of that.
/// Whether it does the kernel does not say, but for a BPF program on one of KVM's tracepoints.
[[nodiscard]] std::vector<std::string> processes_that_may_trace(const std::filesystem::path& proc);

}  // namespace exitscope::command::host_kvm
