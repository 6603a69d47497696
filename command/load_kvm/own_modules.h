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

/// Whether the vendor's module was loaded without two-dimensional paging.
[[nodiscard]] bool had_shadow_paging(const evidence::Setting& setting, const Parameters& of_vendor);

/// Without two-dimensional paging KVM changes other parameters by itself, and /sys shows them so, whoever did
/// it. They are not given again, so that they are what they would be.
[[nodiscard]] Parameters without_what_shadow_paging_changed(Parameters had);

/// What a module is given for a setting: the parameters it had, and if it is the vendor's, the one asked for.
[[nodiscard]] Parameters parameters_for(const evidence::Setting& setting, std::string_view module,
                                        Parameters had);

}  // namespace exitscope::command::load_kvm
