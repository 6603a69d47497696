// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Parameters of KVM's modules that the oracles stand on.

#include <string>
#include <vector>

#include "evidence/host_evidence.h"

namespace exitscope::command::evidence {

/// A parameter that has another value than the oracles are for.
struct OddParameter {
    /// `kvm.mmio_caching=N`.
    std::string text{};
    /// What it changes.
    std::string_view effect{};
};

/// Those of the host, in the order of docs/kvm-features.md. What a KVM does not have, and what KVM itself
/// switches off under shadow paging, is none.
[[nodiscard]] std::vector<OddParameter> odd_parameters(const HostEvidence& host);

/// `kvm.mmio_caching=N (each access to a device's address walks ...), kvm.ignore_msrs=Y (...)`; empty for
/// none.
[[nodiscard]] std::string odd_parameters_text(const HostEvidence& host);

}  // namespace exitscope::command::evidence
