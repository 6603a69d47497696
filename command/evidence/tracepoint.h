// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What the host's kvm_exit tracepoint counted of a VM (kvm_exit.json).

#include "evidence/witness.h"

namespace exitscope::command::evidence {

/// Throws InputError.
[[nodiscard]] Witness read_tracepoint(std::string_view text, std::string_view source);

}  // namespace exitscope::command::evidence
