// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// A snapshot for programs (README.md has the format).

#include <cstdio>

#include "reader.h"

namespace exitscope::exitstat {

/// What a line carries beside the counts: plain text, or null; and its number, or 0.
struct LineLabel {
    const char* name = nullptr;
    std::uint64_t number = 0;
};

/// One line, with a check sum, written at once; with `all` it has the reasons that did not occur, too.
void print_json(std::FILE* out, const Snapshot& snapshot, const LineLabel& label, bool all);

}  // namespace exitscope::exitstat
