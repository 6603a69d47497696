// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "measure/witnessed_run.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>

#include "compare/marked.h"
#include "text/file.h"

namespace exitscope::command::measure {

namespace {

constexpr const char* marks_name = "marks.jsonl";

}  // namespace

void wait_for_marks(const MeasuredRun& run) {
    const int file = open((run.folder / marks_name).c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return;
    flock(file, LOCK_SH);
    close(file);
}

model::Verdict compare_with_marks(const MeasuredRun& run, const result::Result& result,
                                  const result::ResultFolder& results) {
    const auto name = result_name(run.setting.name, run.repetition);
    const auto kept = results.place_of(run.setting.name) / fmt::format("{}.{}", name, marks_name);
    try {
        text::write_file(kept, text::read_file(run.folder / marks_name));
        const auto marks = evidence::read_marks(text::read_file(kept), kept.string());
        const auto windows = compare::compare_windows(result, marks);
        fmt::print("{}: {}", name, compare::compared_windows_text(marks.isa, windows));
        return std::ranges::all_of(windows, &compare::ComparedWindow::agrees) ? model::Verdict::skip
                                                                              : model::Verdict::fail;
    } catch (const text::InputError& problem) {
        fmt::print("ERROR: {}: nothing to compare with what was counted from outside: {}\n", name,
                   problem.what());
        return model::Verdict::error;
    }
}

}  // namespace exitscope::command::measure
