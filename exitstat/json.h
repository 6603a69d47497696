// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// A snapshot for programs (README.md has the format).

#include <cstdio>

#include "reader.h"

namespace exitscope::exitstat {

/// One line. `name` may be null, else it is plain text; with `all` it has the reasons that did not occur,
/// too.
void print_json(std::FILE* out, const Snapshot& snapshot, const char* name, bool all);

}  // namespace exitscope::exitstat
