// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The options that every command that measures has.

#include <string>
#include <vector>

#include "measure/request.h"
#include "usage/command.h"

namespace exitscope::command::measure {

struct RequestOptions {
    RunRequest request{};
    std::vector<std::string> settings{};
    /// `host` or `lab`; empty: not asked for.
    std::string place{};
    /// `kvm` or `trace`; empty: not asked for.
    std::string counters{};

    /// The request with its settings, each once, its place and who counts. Throws WrongUsage for what
    /// excludes each other.
    [[nodiscard]] RunRequest asked() const;
};

/// What --setting takes.
[[nodiscard]] std::vector<std::string> setting_names();

/// Adds them; `options` has to live as long as the command. Returns --witness, for what else it excludes.
usage::Option add_request_options(const usage::Command& command, RequestOptions& options);

}  // namespace exitscope::command::measure
