// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// A comparison as text.

#include <string>

#include "compare/comparison.h"

namespace exitscope::command::compare {

/// Which workloads are shown.
enum class Show : bool { all, changed };

/// For a terminal.
[[nodiscard]] std::string comparison_text(const Comparison& comparison, Show show);

/// A table for a README.
[[nodiscard]] std::string comparison_markdown(const Comparison& comparison, Show show);

/// `workload,reason,one,other,difference`, a line a reason; the head names the settings.
[[nodiscard]] std::string comparison_csv(const Comparison& comparison, Show show);

/// The whole comparison as one object.
[[nodiscard]] std::string comparison_json(const Comparison& comparison, Show show);

}  // namespace exitscope::command::compare
