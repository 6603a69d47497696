// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// From facts to findings. Pure.

#include "doctor/facts.h"
#include "doctor/finding.h"

namespace exitscope::command::doctor {

[[nodiscard]] Examination examine_host(const HostFacts& facts);
[[nodiscard]] Examination examine_lab(const LabFacts& facts);

}  // namespace exitscope::command::doctor
