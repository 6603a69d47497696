// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The model's names that workloads and their oracles use, without its namespace.

#include "model/noise.h"
#include "model/price.h"
#include "model/subject.h"

namespace exitscope::workloads {

using model::Backing;
using model::Cost;
using model::CpuFeature;
using model::Device;
using model::InstructionSet;
using model::Interrupts;
using model::Paging;
using model::Price;
using model::ReasonNumber;
using model::Subject;
using model::SvmExitReason;
using model::VmxExitReason;

}  // namespace exitscope::workloads
