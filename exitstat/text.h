// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// A snapshot for people.

#include <cstdio>

#include "reader.h"

namespace exitscope::exitstat {

/// A table, the most frequent reason first; with `all` those that did not occur, too.
void print_text(std::FILE* out, const Snapshot& snapshot, bool all);

}  // namespace exitscope::exitstat
