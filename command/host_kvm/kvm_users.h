// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Who uses this host's KVM and so forbids to replace it: the one list for doctor and load-kvm.

#include <string>
#include <vector>

#include "host_kvm/host_state.h"

namespace exitscope::command::host_kvm {

struct KvmUser {
    /// `process 77 (qemu-system-x86)`
    std::string name;
    /// What ends the use; empty where it is enough to end what is named.
    std::string remedy{};

    bool operator==(const KvmUser&) const = default;
};

/// `process 77 (qemu-system-x86)`, or name and remedy with a semicolon between them.
[[nodiscard]] std::string text_of(const KvmUser& user);

/// Processes with /dev/kvm or a VM open or mapped; modules that use KVM's; tracing that uses KVM's events;
/// and where a module's count of users says that there are more, that. Nothing where KVM can be unloaded. As
/// another user than root it does not see the processes of others, but that there are some.
[[nodiscard]] std::vector<KvmUser> kvm_users(const HostFolders& folders);

}  // namespace exitscope::command::host_kvm
