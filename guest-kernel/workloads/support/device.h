// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What the workloads with devices share.

#include <string_view>

#include "workloads/names.h"

namespace exitscope::workloads {

/// Why a subject without one of these devices is skipped: the first that is missing; empty if all are there.
template <Device... devices>
[[nodiscard]] constexpr std::string_view skip_without(const Subject& subject) {
    std::string_view reason;
    const auto has = [&](Device device) {
        reason = subject.devices.has(device) ? std::string_view{} : absence_of(device);
        return reason.empty();
    };
    static_cast<void>((has(devices) && ...));
    return reason;
}

}  // namespace exitscope::workloads
