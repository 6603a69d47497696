// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Ctrl-C and its like, as something that is asked for between steps instead of an end in the middle of one.

namespace exitscope::command::stages {

/// The user wants an end; what is under way has been ended when it is thrown.
struct Interrupted {
    /// The signal's number.
    int signal;
};

/// From here on SIGINT, SIGTERM and SIGHUP are remembered, and SIGPIPE is ignored: whoever reads our output
/// may go, and the host's modules are put back all the same.
void catch_interruptions();

/// The first such signal since; 0 for none.
[[nodiscard]] int interruption();

}  // namespace exitscope::command::stages
