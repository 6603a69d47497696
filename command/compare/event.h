// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// One name for an event that both instruction sets have.

#include <string>

#include "evidence/reasons.h"

namespace exitscope::command::compare {

/// The name under which results of VMX and of SVM are put side by side: the VMX name of what both have, for
/// example `CR_ACCESS` for each of SVM's CR codes, `MSR` for what VMX tells apart and SVM does not. A reason
/// that only one of them has keeps its name.
///
/// Source: Intel SDM, appendix "VMX Basic Exit Reasons"; AMD APM vol. 2, appendix "SVM Intercept Exit Codes".
[[nodiscard]] std::string event_name(model::InstructionSet isa, model::ReasonNumber reason);

}  // namespace exitscope::command::compare
