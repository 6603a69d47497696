// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The command line of exitscope-trace.

#include <cstdint>
#include <string>

namespace exitscope::trace {

struct TraceRequest {
    bool help = false;
    const char* marks = nullptr;
    /// May be null.
    const char* windows = nullptr;
    /// Of marks that are not read yet, in KiB.
    std::uint32_t room = 4096;
    /// Null-terminated words.
    char** command = nullptr;
};

/// Reads the command line. Returns nothing, or what is wrong.
[[nodiscard]] std::string parse_request(int argc, char** argv, TraceRequest& request);

}  // namespace exitscope::trace
