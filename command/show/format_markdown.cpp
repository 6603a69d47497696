// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "show/formats.h"

#include <fmt/core.h>

#include "print/table.h"
#include "show/summary.h"

namespace exitscope::command::show {

std::string result_markdown(const result::Result& result) {
    std::string text = "| VM-EXIT | Samples | Samples% | Time% | Avg ticks |\n|---|--:|--:|--:|--:|\n";
    for (const auto& row : summary_of(result)) {
        text +=
            fmt::format("| {} | {} | {} | {} | {} |\n", row.reason, row.samples,
                        percent_text(row.samples_percent), percent_text(row.time_percent), ticks_text(row));
    }
    const auto note = time_note(result);
    return text + "\n" + note + (note.empty() ? "" : "\n") +
           print::table_markdown(print::make_table({&result, 1}));
}

std::string results_markdown(std::span<const result::Result> results) {
    return print::table_markdown(print::make_table(results));
}

}  // namespace exitscope::command::show
