// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Loading one module with the parameters it had.

#include <filesystem>
#include <string>

#include "load_kvm/parameters.h"
#include "load_kvm/programs.h"

namespace exitscope::command::load_kvm {

/// Gives all parameters, or all but one: a module may not take what it shows (kvm shows -1 for its
/// pi_inject_timer, which takes 0 and 1). One that acts when loaded is always given. The status is 0, or
/// what insmod said first.
[[nodiscard]] Ran insert_with_all_but_one(const std::filesystem::path& file, const Parameters& parameters);

/// The same, and as a last resort only with the parameters that act when loaded. Each try gives those, as
/// they decide what loading does. False if the module does not load, which is printed.
[[nodiscard]] bool insert_with_parameters(const std::filesystem::path& file, const Parameters& parameters);

/// An argument as a shell takes it.
[[nodiscard]] std::string quoted_for_shell(const std::string& argument);

}  // namespace exitscope::command::load_kvm
