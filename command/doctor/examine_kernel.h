// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Whether a KVM with counters can be built for the kernel that runs. Pure.

#include <vector>

#include "doctor/facts.h"
#include "doctor/finding.h"

namespace exitscope::command::doctor {

/// `bad`: what a finding is that keeps it from being built.
void add_kernel(const HostFacts& facts, State bad, std::vector<Finding>& findings);

}  // namespace exitscope::command::doctor
