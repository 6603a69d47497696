// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "text/nearest.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace exitscope::command::text {

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

std::string nearest(std::string_view name, std::span<const std::string> names) {
    const auto found = std::ranges::min_element(
        names, {}, [name](const std::string& known) { return distance(name, known); });
    return found == names.end() ? std::string{} : *found;
}

}  // namespace exitscope::command::text
