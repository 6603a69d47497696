// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Tracing of KVM's events, which belongs to the kernel and not to a process: from tracefs, as root only.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace exitscope::command::host_kvm {

struct KvmTracing {
    /// `a tracing session (instance foo) has kvm events enabled (kvm_entry, kvm_exit)`
    std::string name;
    std::string remedy;
    /// A trigger keeps the module loaded. Events that are only enabled do not, but end with it: they are not
    /// enabled again when it comes back, and the kernel empties all its trace buffers.
    /// Source: Linux kernel/trace/trace_events.c, trace_module_remove_events().
    bool holds_module = false;
};

/// The sessions of the top folder and of all instances; nothing where tracefs cannot be read.
[[nodiscard]] std::vector<KvmTracing> tracing_of_kvm(const std::filesystem::path& sys);

/// `the probe "e:eprobes/x kvm.kvm_exit" of /sys/kernel/tracing/dynamic_events`: those that name KVM. Some
/// kinds hold its modules.
[[nodiscard]] std::vector<std::string> dynamic_events_on_kvm(const std::filesystem::path& sys);

/// Whether exits can be counted from outside; what is in the way first.
enum class Tracing : std::uint8_t { possible, no_bpf, locked_down, for_root, no_tracefs, no_kvm };

/// Source: Linux security/lockdown, LOCKDOWN_BPF_READ_KERNEL, which confidentiality forbids.
[[nodiscard]] Tracing tracing_possible(const std::filesystem::path& sys, const std::filesystem::path& proc,
                                       bool is_root);

}  // namespace exitscope::command::host_kvm
