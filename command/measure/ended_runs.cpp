// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "measure/ended_runs.h"

#include <fmt/core.h>

#include <limits>

#include "lab/lab_boot.h"
#include "print/first_counts.h"
#include "result/judged_run.h"
#include "text/file.h"

namespace exitscope::command::measure {

namespace {

std::string line_of(const MeasuredRun& run, result::ResultFolder& results, int seconds) {
    const auto name = result_name(run.setting.name, run.repetition);
    std::string verdict;
    std::string counts;
    try {
        const auto result = result::judge_run(run.setting,
                                              {.serial = run.folder / "serial",
                                               .host = run.folder / "l1.json",
                                               .marks = run.folder / "marks.jsonl",
                                               .qemu_status = run.qemu_status},
                                              results, name);
        verdict = name_of(result.verdict);
        counts = print::first_counts(result);
    } catch (const text::InputError& problem) {
        verdict = name_of(model::Verdict::error);
        counts = problem.what();
    }
    return stages::progress_line(
               {.step = fmt::format("{} {}", name, verdict), .seconds = seconds, .news = counts},
               std::numeric_limits<std::size_t>::max()) +
           "\n";
}

}  // namespace

std::string EndedRuns::tell(int seconds) {
    std::string lines;
    std::erase_if(pending_, [&](MeasuredRun& run) {
        const auto status = lab::qemu_status_in(run.folder);
        if (!status)
            return false;
        run.qemu_status = *status;
        lines += line_of(run, results_, seconds);
        return true;
    });
    return lines;
}

}  // namespace exitscope::command::measure
