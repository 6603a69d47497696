// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What is written of the marks: lines of JSON (docs/trace.md).

#include <cstdint>
#include <string>

#include "trace/trace_event.h"

namespace exitscope::trace {

[[nodiscard]] std::string line_of(const trace_mark& mark);

/// The exits between two marks, without the CPUID that is the second, as the guest's `told=` takes them:
/// `0x72:3,0x400:1;`. `end` has to be the mark that follows.
[[nodiscard]] std::string window_of(const trace_mark& begin, const trace_mark& end);

/// The counters of a vCPU at the end.
[[nodiscard]] std::string line_of(const trace_vcpu& vcpu, std::uint32_t number);

/// The last line. A file without it is not whole. `isa` is the tracepoint's number: 1 VMX, 2 SVM, 0 where no
/// exit was seen.
[[nodiscard]] std::string last_line(std::uint32_t isa, const trace_losses& losses);

}  // namespace exitscope::trace
