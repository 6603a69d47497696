// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Brings back the KVM that is remembered.

#include "host_kvm/host_state.h"

namespace exitscope::command::load_kvm {

/// Loads the remembered modules in place of what is loaded, with their parameters, and forgets them. Can be
/// called again after it was interrupted or has failed: returns false then. Signals do not stop it. Says
/// which parameters cannot be as they were.
[[nodiscard]] bool put_back(const host_kvm::HostFolders& folders);

/// Prints what to type when put_back failed.
void print_way_back(const host_kvm::HostFolders& folders);

}  // namespace exitscope::command::load_kvm
