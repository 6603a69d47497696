// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// From the runs that were done to results, a table and one verdict.

#include "evidence/problem.h"
#include "measure/measured.h"
#include "measure/request.h"
#include "result/result_folder.h"

namespace exitscope::command::measure {

/// Says what QEMU complained of, and keeps it as LOGS/qemu-NAME.log.
void keep_qemu_log(const MeasuredRun& run, const std::filesystem::path& logs, const std::string& name);

/// Prints what the kernels under KVM complained of. ERROR if they did, as every count is doubtful then; else
/// SKIP.
[[nodiscard]] model::Verdict print_splats(const std::filesystem::path& logs);

/// Writes the results, prints the table of each setting's first run, what of the others differs, and what the
/// kernels under KVM complained of. Returns the worst verdict. Throws InputError.
[[nodiscard]] model::Verdict conclude(const RunRequest& request, const Measured& measured,
                                      const std::filesystem::path& logs, result::ResultFolder& results);

}  // namespace exitscope::command::measure
