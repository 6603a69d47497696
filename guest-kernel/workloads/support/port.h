// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What the workloads with ports share.

#include <string_view>

#include "workloads/names.h"

namespace exitscope::workloads {

/// The reason of IN, OUT, INS and OUTS.
[[nodiscard]] constexpr ReasonNumber port_access(const Subject& subject) {
    return subject.reason(VmxExitReason::io_instruction, SvmExitReason::ioio);
}

/// The price of a string instruction whose elements take `exits`.
///
/// After the last element KVM enters the guest at the same instruction, which then has nothing left to do.
[[nodiscard]] constexpr Price port_string(const Subject& subject, std::uint32_t exits,
                                          std::string_view what) {
    return {.each = {{port_access(subject), exits + subject.exits_per_empty_string, what}}};
}

}  // namespace exitscope::workloads
