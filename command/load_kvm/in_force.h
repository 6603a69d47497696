// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What is in force now, as text.

#include "host_kvm/host_state.h"

namespace exitscope::command::load_kvm {

/// Prints KVM's modules with the parameters that decide about counts, their versions, and what there is to
/// put back.
void print_in_force(const host_kvm::HostFolders& folders);

}  // namespace exitscope::command::load_kvm
