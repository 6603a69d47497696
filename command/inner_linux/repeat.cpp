// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "inner_linux/repeat.h"

#include <fmt/core.h>

#include <algorithm>

#include "inner_linux/phase_table.h"

namespace exitscope::command::inner_linux {

namespace {

std::vector<result::Result> of_setting(const std::vector<result::Result>& results,
                                       const std::string& setting) {
    std::vector<result::Result> same;
    std::ranges::copy_if(results, std::back_inserter(same),
                         [&](const result::Result& result) { return result.setting == setting; });
    return same;
}

std::string text_of(const std::vector<result::Result>& results) {
    const auto table = make_phase_table(results);
    std::string exact;
    std::string noise;
    std::size_t equal = 0;
    for (const auto& row : table.rows) {
        if (!row.reason)
            continue;
        const auto [least, largest] = std::ranges::minmax(row.counts);
        if (least == largest) {
            ++equal;
            continue;
        }
        (row.noise ? noise : exact) +=
            fmt::format("  {}: {} {} to {}{}\n", row.phase, evidence::display_name(table.isa, *row.reason),
                        least, largest, row.noise ? " (noise)" : "");
    }
    return fmt::format("{}, {} runs: {} counts are equal{}\n{}{}", table.settings.front(), results.size(),
                       equal, exact.empty() && noise.empty() ? ", which are all" : "; these differ:", exact,
                       noise);
}

}  // namespace

std::string repeat_text(const std::vector<result::Result>& results) {
    std::string text;
    std::vector<std::string> done;
    for (const auto& result : results) {
        if (std::ranges::find(done, result.setting) != done.end())
            continue;
        done.push_back(result.setting);
        text += text_of(of_setting(results, result.setting));
    }
    return text;
}

}  // namespace exitscope::command::inner_linux
