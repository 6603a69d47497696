// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Loading one module with the parameters it had.

#include <filesystem>
#include <string>

#include "load_kvm/parameters.h"

namespace exitscope::command::load_kvm {

/// Gives all parameters when it first loads the module, as one may decide what loading does. A module may not
/// take what it shows (kvm shows -1 for its pi_inject_timer, which takes 0 and 1): it is left out then, with
/// as few others as can be, but never one that acts when loaded. False if the module does not load.
[[nodiscard]] bool insert_with_parameters(const std::filesystem::path& file, const Parameters& parameters);

/// An argument as a shell takes it.
[[nodiscard]] std::string quoted_for_shell(const std::string& argument);

}  // namespace exitscope::command::load_kvm
