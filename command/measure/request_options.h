// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The options that every command that measures has.

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "measure/request.h"

namespace exitscope::command::measure {

struct RequestOptions {
    RunRequest request{};
    std::vector<std::string> settings{};

    /// The request with its settings, each once.
    [[nodiscard]] RunRequest asked() const;
};

/// What --setting takes.
[[nodiscard]] std::vector<std::string> setting_names();

/// Adds them; `options` has to live as long as the command.
void add_request_options(CLI::App& command, RequestOptions& options);

}  // namespace exitscope::command::measure
