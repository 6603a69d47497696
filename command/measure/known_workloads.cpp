// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "measure/known_workloads.h"

#include <fmt/core.h>

#include <algorithm>
#include <numeric>
#include <vector>

#include "measure/workload_list.h"

namespace exitscope::command::measure {

std::size_t distance(std::string_view one, std::string_view other) {
    // Of the beginning of `one` that has been looked at, to each beginning of `other`.
    std::vector<std::size_t> row(other.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < one.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < other.size(); ++j) {
            const auto changed = diagonal + (one[i] == other[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

std::optional<std::string> unknown_workload(std::string_view names) {
    if (names == "all")
        return std::nullopt;
    while (!names.empty()) {
        const auto end = std::min(names.find(','), names.size());
        const auto name = names.substr(0, end);
        if (!name.empty() && std::ranges::find(workload_list, name) == workload_list.end()) {
            const auto nearest = std::ranges::min_element(
                workload_list, {}, [name](std::string_view known) { return distance(name, known); });
            return fmt::format(
                "there is no workload {}; the nearest is {}, and docs/exit-prices.md lists them all", name,
                *nearest);
        }
        names.remove_prefix(std::min(end + 1, names.size()));
    }
    return std::nullopt;
}

}  // namespace exitscope::command::measure
