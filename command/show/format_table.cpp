// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "show/formats.h"

#include <fmt/core.h>

#include "print/table.h"
#include "show/summary.h"
#include "text/colour.h"

namespace exitscope::command::show {

std::string result_text(const result::Result& result) {
    auto text = fmt::format("{:<22} {:>10} {:>9} {:>8} {:>12}\n", "VM-EXIT", "Samples", "Samples%", "Time%",
                            "Avg ticks");
    for (const auto& row : summary_of(result)) {
        text +=
            fmt::format("{:<22} {:>10} {:>9} {:>8} {:>12}\n", row.reason, row.samples,
                        percent_text(row.samples_percent), percent_text(row.time_percent), ticks_text(row));
    }
    return text + time_note(result) + "\n" + print::table_text(print::make_table({&result, 1}), false);
}

std::string results_text(std::span<const result::Result> results) {
    return print::table_text(print::make_table(results), text::wants_colour());
}

}  // namespace exitscope::command::show
