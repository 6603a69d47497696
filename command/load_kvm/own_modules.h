// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// This host's own modules, loaded again with the other kind of paging: nothing else of them changes, and
// nothing foreign is loaded.

#include "load_kvm/new_modules.h"
#include "load_kvm/parameters.h"

namespace exitscope::command::load_kvm {

/// Those that are remembered, else those that modprobe would load, or of LoadRequest::previous. Throws
/// Failure if there are none.
[[nodiscard]] NewModules find_own_modules(const host_kvm::HostFolders& folders, const LoadRequest& request);

/// As replace_modules, with the parameters that they had, or as modprobe is configured where none were
/// loaded.
void replace_with_own(const host_kvm::HostFolders& folders, const LoadRequest& request,
                      const NewModules& modules);

/// What a vendor's module and kvm are given for a setting: the parameters they had, but for the one asked
/// for. Without two-dimensional paging KVM switches off others by itself, and shows them as off; those are
/// left out when it is switched on, so that they are what they would be.
[[nodiscard]] Parameters parameters_for(const evidence::Setting& setting, std::string_view module,
                                        Parameters had);

}  // namespace exitscope::command::load_kvm
