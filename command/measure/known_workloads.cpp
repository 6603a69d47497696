// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "measure/known_workloads.h"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

#include "measure/workload_list.h"
#include "text/nearest.h"

namespace exitscope::command::measure {

std::optional<std::string> unknown_workload(std::string_view names) {
    if (names == "all")
        return std::nullopt;
    while (!names.empty()) {
        const auto end = std::min(names.find(','), names.size());
        const auto name = names.substr(0, end);
        if (!name.empty() && std::ranges::find(workload_list, name) == workload_list.end()) {
            const std::vector<std::string> known{workload_list.begin(), workload_list.end()};
            return fmt::format(
                "there is no workload {}; the nearest is {}, and docs/exit-prices.md lists them all", name,
                text::nearest(name, known));
        }
        names.remove_prefix(std::min(end + 1, names.size()));
    }
    return std::nullopt;
}

}  // namespace exitscope::command::measure
