// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What forbids to replace this host's KVM. Each throws Failure with Exit::refused; nothing was
// changed then.

#include <filesystem>
#include <vector>

#include "host_kvm/host_state.h"

namespace exitscope::command::load_kvm {

void refuse_built_in(const host_kvm::HostFolders& folders);

/// Where this CPU does not have that instruction set.
void refuse_other_vendor(const host_kvm::HostFolders& folders, model::InstructionSet isa);

void refuse_in_use(const host_kvm::HostFolders& folders);

/// Where the kernel takes signed modules only and one of the files has no signature. A wrong one shows when
/// the module is loaded.
void refuse_unsigned(const host_kvm::HostFolders& folders, const std::vector<std::filesystem::path>& files);

}  // namespace exitscope::command::load_kvm
