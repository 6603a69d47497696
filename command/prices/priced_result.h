// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What the documents of prices want of a result: that it is PASS, and its kernel.

#include <cstdint>
#include <string>
#include <utility>

#include "result/result.h"

namespace exitscope::command::prices {

/// Major and minor of a kernel release, in their order: 6.1 is older than 6.12.
using KernelVersion = std::pair<std::uint64_t, std::uint64_t>;

/// Throws InputError where the result is no PASS.
void require_pass(const result::Result& result);

/// Throws InputError where the result does not say of which kernel it is.
[[nodiscard]] KernelVersion version_of(const result::Result& result);

[[nodiscard]] std::string name_of(KernelVersion version);

}  // namespace exitscope::command::prices
