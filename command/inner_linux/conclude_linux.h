// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// From what the runs of an inner Linux left to result files and tables.

#include "measure/measured.h"
#include "result/result_folder.h"

namespace exitscope::command::inner_linux {

enum class TableFormat : std::uint8_t { text, markdown };

struct LinuxConclusion {
    /// Whether a complete run prints `work_is_done` on the console.
    bool has_end = true;
    TableFormat format = TableFormat::text;
};

/// Writes SETTING.json to its place in `results` and prints the tables; returns the worst verdict. Throws
/// InputError.
[[nodiscard]] model::Verdict conclude_linux(const measure::RunRequest& request,
                                            const measure::Measured& measured,
                                            const std::filesystem::path& logs, const LinuxConclusion& how,
                                            result::ResultFolder& results);

}  // namespace exitscope::command::inner_linux
