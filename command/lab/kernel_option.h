// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The option --l1 of the commands that use the lab.

#include <string>

#include "usage/command.h"

namespace exitscope::command::lab {

/// Adds --l1, which takes a name of lab/kernels; `text` is its help, up to the names. Where the table cannot
/// be read, help says so, and giving the option is refused.
void add_kernel_option(const usage::Command& command, std::string& name, const std::string& text);

}  // namespace exitscope::command::lab
