// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The modules with exit counters: found or built, checked, loaded, and seen to be in force.

#include <filesystem>
#include <vector>

#include "evidence/setting.h"
#include "host_kvm/host_state.h"

namespace exitscope::command::load_kvm {

struct LoadRequest {
    evidence::Setting setting = evidence::settings.front();
    /// This host's own modules, which count nothing; what follows is not asked for then, but for `previous`.
    bool own = false;
    /// Who may read: 1 the guest's kernel only, 2 its programs, too.
    int exit_counters = 1;
    bool cycles = true;
    /// The folder of built modules; empty: build them for the running kernel.
    std::filesystem::path modules{};
    /// The kernel's source for the build; empty for build-kvm's choice.
    std::filesystem::path source{};
    /// Where the modules loaded now came from; empty for modprobe's choice.
    std::filesystem::path previous{};
};

struct NewModules {
    std::filesystem::path kvm;
    std::filesystem::path vendor;
};

/// Builds them if they are not given. Throws Failure for what is no module for this kernel, or cannot do
/// what is asked for, and stages::Interrupted.
[[nodiscard]] NewModules find_new_modules(const host_kvm::HostFolders& folders, const LoadRequest& request);

/// Unloads KVM's modules, as a step of a change.
void unload_modules(const host_kvm::HostFolders& folders);

/// Loads the other modules that these need, and remembers to unload them again.
void load_needs(const host_kvm::HostFolders& folders, const NewModules& modules);

/// Unloads KVM's modules, loads what the new ones need, then them; what the remembered KVM had of parameters
/// that act when loaded is given here, too. Throws Failure and, between two steps, stages::Interrupted.
void replace_modules(const host_kvm::HostFolders& folders, const LoadRequest& request,
                     const NewModules& modules);

/// Believes /sys, not the request. Throws Failure.
void check_in_force(const host_kvm::HostFolders& folders, const LoadRequest& request,
                    const NewModules& modules);

}  // namespace exitscope::command::load_kvm
