// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "measure/conclude.h"

#include <fmt/core.h>

#include <string>

#include "compare/report_difference.h"
#include "evidence/qemu_status.h"
#include "measure/witnessed_run.h"
#include "print/table.h"
#include "result/judged_run.h"
#include "text/colour.h"
#include "text/file.h"

namespace exitscope::command::measure {

namespace {

using std::filesystem::path;

path if_there(const path& file) {
    std::error_code error;
    return std::filesystem::exists(file, error) ? file : path{};
}

result::Result judge_and_keep(const MeasuredRun& run, const std::string& revision, const path& logs,
                              result::ResultFolder& results) {
    const auto name = result_name(run.setting.name, run.repetition);
    keep_qemu_log(run, logs, name);
    return result::judge_run(run.setting,
                             {.serial = run.folder / "serial",
                              .host = if_there(run.folder / "l1.json"),
                              .host_log = if_there(run.folder / "l1.log"),
                              .marks = if_there(run.folder / "marks.jsonl"),
                              .revision = revision,
                              .qemu_status = run.qemu_status},
                             results, name);
}

/// FAIL if a later run of a setting reported something else than the first; SKIP, the neutral one, if not.
model::Verdict compare_with_first(const MeasuredRun& run, const path& folder) {
    const auto first = result_name(run.setting.name, 1) + ".ktap";
    const auto later = result_name(run.setting.name, run.repetition) + ".ktap";
    const auto difference =
        compare::first_difference(text::read_file(folder / first), text::read_file(folder / later));
    if (!difference)
        return model::Verdict::skip;
    fmt::print("FAIL: two runs of {} differ:\n  {}:{}: {}\n  {}:{}: {}\n", run.setting.name, first,
               difference->line_of_one, difference->one.value_or("ends here"), later,
               difference->line_of_other, difference->other.value_or("ends here"));
    return model::Verdict::fail;
}

}  // namespace

void keep_qemu_log(const MeasuredRun& run, const path& logs, const std::string& name) {
    std::error_code error;
    const auto qemu_log = run.folder / "qemu.log";
    if (!std::filesystem::exists(qemu_log, error) || std::filesystem::file_size(qemu_log, error) == 0)
        return;
    fmt::print(stderr, "{}: {}\n", name, stages::last_lines(qemu_log, 3));
    std::filesystem::copy_file(qemu_log, logs / ("qemu-" + name + ".log"),
                               std::filesystem::copy_options::overwrite_existing, error);
}

model::Verdict print_splats(const path& logs) {
    model::Verdict verdict = model::Verdict::skip;
    for (const auto* const isa : {"vmx", "svm"}) {
        const auto file = logs / fmt::format("splats-{}", isa);
        const auto text = stages::last_lines(file, 20);
        if (text.empty())
            continue;
        fmt::print(stderr, "\nERROR: the kernel under KVM complained ({}):\n{}\n", file.string(), text);
        verdict = model::Verdict::error;
    }
    return verdict;
}

model::Verdict conclude(const RunRequest& request, const Measured& measured, const path& logs,
                        result::ResultFolder& results) {
    std::vector<result::Result> first_results;
    model::Verdict verdict = measured.incomplete ? model::Verdict::error : model::Verdict::skip;
    model::Verdict witnessed = model::Verdict::skip;
    for (const auto& run : measured.runs) {
        auto result = judge_and_keep(run, measured.revision, logs, results);
        verdict = model::worst(verdict, result.verdict);
        if (request.witness)
            witnessed = model::worst(witnessed, compare_with_marks(run, result, results));
        if (run.repetition == 1)
            first_results.push_back(std::move(result));
    }
    if (first_results.empty())
        return model::Verdict::error;
    if (first_results.front().host)
        fmt::print("\nMeasured on: Linux {}\n", first_results.front().host->kernel);
    fmt::print("{}", print::table_text(print::make_table(first_results), text::wants_colour()));
    for (const auto& run : measured.runs) {
        // What a run that ended with its machine had reported is lost.
        if (run.repetition > 1 && run.qemu_status != evidence::lost_with_its_machine)
            verdict = model::worst(verdict, compare_with_first(run, results.place_of(run.setting.name)));
    }
    if (request.repeat > 1 && verdict == model::Verdict::pass)
        fmt::print("the same in each of {} runs of a setting\n", request.repeat);
    return model::worst(model::worst(verdict, witnessed), print_splats(logs));
}

}  // namespace exitscope::command::measure
