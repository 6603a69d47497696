// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What load-kvm keeps on disk of the KVM that was loaded before: there is something to put back while the
// folder `kvm` in HostFolders::state exists, whatever became of the process that made it.
//   MODULE.ko          the loaded module's own file, whatever becomes of the one it came from
//   MODULE.parameters  NAME=VALUE lines
//   added              other modules that were loaded on the way

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "host_kvm/host_state.h"
#include "load_kvm/parameters.h"

namespace exitscope::command::load_kvm {

class Remembered {
public:
    explicit Remembered(const host_kvm::HostFolders& folders) : folder_{folders.state / "kvm"} {}

    [[nodiscard]] bool exists() const;
    /// Those that were loaded, in the order of loading.
    [[nodiscard]] std::vector<std::string_view> modules() const;
    [[nodiscard]] std::filesystem::path file_of(std::string_view module) const;
    [[nodiscard]] Parameters parameters_of(std::string_view module) const;
    [[nodiscard]] std::vector<std::string> added() const;

    /// Before the module is loaded, so that it is known even if the process ends there. Throws InputError.
    void add(const std::string& module) const;
    void forget() const;

private:
    std::filesystem::path folder_;
};

/// Keeps what is loaded now, all or nothing; where something is kept already, that stays. `previous` is the
/// folder that the modules came from, empty for modprobe's choice. Throws Failure for what could not be
/// put back.
void remember(const host_kvm::HostFolders& folders, const std::filesystem::path& previous);

}  // namespace exitscope::command::load_kvm
