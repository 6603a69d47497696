// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "show/formats.h"

#include <fmt/core.h>

namespace exitscope::command::show {

std::string result_folded(const result::Result& result) {
    std::string text;
    for (const auto& workload : result.workloads) {
        for (const auto& [reason, count] : workload.exits) {
            if (count != 0)
                text += fmt::format("{};{};{} {}\n", result.setting, workload.name,
                                    evidence::display_name(result.isa(), reason), count);
        }
    }
    return text;
}

}  // namespace exitscope::command::show
