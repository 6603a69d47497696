// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Ctrl-C and other signals that ask for an end: remembered, and looked at between steps.

namespace exitscope::command::stages {

/// A signal asked for an end; the step's programs have ended when it is thrown.
struct Interrupted {
    /// The signal's number.
    int signal;
};

/// From here on SIGINT, SIGTERM and SIGHUP are remembered, and SIGPIPE is ignored: the host's modules are put
/// back even if nobody reads our output any more.
void catch_interruptions();

/// The first such signal since; 0 for none.
[[nodiscard]] int interruption();

}  // namespace exitscope::command::stages
