// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "show/formats.h"

#include <fmt/core.h>

#include <algorithm>

namespace exitscope::command::show {

namespace {

/// A semicolon would be the end of a frame, and a line break that of a stack.
std::string frame(std::string text) {
    std::ranges::replace(text, ';', ':');
    std::ranges::replace(text, '\n', ' ');
    return text;
}

}  // namespace

std::string result_folded(const result::Result& result) {
    std::string text;
    for (const auto& workload : result.workloads) {
        for (const auto& [reason, count] : workload.exits) {
            if (count != 0)
                text += fmt::format("{};{};{} {}\n", result.setting, frame(workload.name),
                                    evidence::display_name(result.isa(), reason), count);
        }
    }
    return text;
}

}  // namespace exitscope::command::show
