// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// KVM's own binary statistic hw_exits, as QEMU's query-stats returns it (query-stats.json). It is in no
// released Linux; kvm-patch/upstream has the series.

#include "evidence/witness.h"

namespace exitscope::command::evidence {

/// The sum over the vCPUs. The file does not say of which instruction set it is; `isa` does. Throws
/// InputError, also for a KVM without that statistic, and for exits of a reason that has no bucket of its
/// own.
[[nodiscard]] Witness read_statistic(std::string_view text, std::string_view source,
                                     model::InstructionSet isa);

}  // namespace exitscope::command::evidence
