// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// A program that is counted around.

namespace exitscope::exitstat {

/// Runs it and waits for its end. Answers its exit status as a shell has it: 128 + N for signal N, 127 if
/// there is no such program, 126 if it cannot be run; then it has said so on standard error.
///
/// Interrupts from the terminal are the program's: this process waits for its end.
[[nodiscard]] int run_command(char** words);

}  // namespace exitscope::exitstat
