// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Runs the program whose exits are counted.

namespace exitscope::exitstat {

/// Runs it and waits for its end. Returns its exit status as a shell has it: 128 + N for signal N, 127 if
/// there is no such program, 126 if it cannot be run; then it has said so on standard error.
///
/// Interrupts from the terminal go to the program; this process ignores them.
[[nodiscard]] int run_command(char** words);

}  // namespace exitscope::exitstat
