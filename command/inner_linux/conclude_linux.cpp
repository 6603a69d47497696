// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "inner_linux/conclude_linux.h"

#include <fmt/core.h>

#include <algorithm>

#include "inner_linux/phase_table.h"
#include "inner_linux/phases.h"
#include "inner_linux/repeat.h"
#include "measure/conclude.h"
#include "result/host_log.h"
#include "text/file.h"

namespace exitscope::command::inner_linux {

namespace {

/// What was counted from outside, if anything; a file that gives no number is damage.
struct CountedOutside {
    std::optional<evidence::Marks> marks{};
    std::string damage{};
};

CountedOutside read_marks_of(const measure::MeasuredRun& run) {
    const auto file = run.folder / "marks.jsonl";
    std::error_code error;
    if (!std::filesystem::exists(file, error))
        return {};
    try {
        return {.marks = evidence::read_marks(text::read_file(file), file.filename().string())};
    } catch (const text::InputError& problem) {
        return {.damage = problem.what()};
    }
}

result::Result judge_linux(const measure::MeasuredRun& run, const std::string& revision, bool has_end) {
    result::Circumstances circumstances{
        .asked = run.setting, .qemu_status = run.qemu_status, .ends_by_itself = true};
    std::error_code error;
    if (std::filesystem::exists(run.folder / "l1.log", error))
        circumstances.complaints = result::kernel_complaints(run.folder / "l1.log");
    const auto host = run.folder / "l1.json";
    circumstances.host = evidence::read_host_evidence(text::read_file(host), host.string());
    circumstances.host->revision = revision;
    const auto outside = read_marks_of(run);
    auto report = read_phases(run.folder / "serial", {.has_end = has_end,
                                                      .paging = run.setting.paging,
                                                      .marks = outside.marks ? &*outside.marks : nullptr});
    if (!outside.damage.empty())
        report.damage.insert(report.damage.begin(), outside.damage);
    return result::make_result(report, circumstances);
}

/// What the Linux printed stays, as it says why a run went wrong.
void keep_console(const measure::MeasuredRun& run, const std::filesystem::path& logs,
                  const std::string& name) {
    std::error_code error;
    std::filesystem::copy_file(run.folder / "serial", logs / ("console-" + name + ".log"),
                               std::filesystem::copy_options::overwrite_existing, error);
}

void print_problems(const std::string& name, const result::Result& result) {
    fmt::print("{}: {}\n", name, name_of(result.verdict));
    for (const auto& problem : result.problems)
        fmt::print("  {} {}\n", name_of(problem.verdict), problem.message);
}

void print_table(const std::vector<result::Result>& results, TableFormat format) {
    const auto table = make_phase_table(results);
    if (!table.kernel.empty())
        fmt::print("\nKVM of Linux {}\n\n", table.kernel);
    fmt::print("{}", format == TableFormat::markdown ? phase_table_markdown(table) : phase_table_text(table));
}

}  // namespace

model::Verdict conclude_linux(const measure::RunRequest& request, const measure::Measured& measured,
                              const std::filesystem::path& logs, const LinuxConclusion& how,
                              result::ResultFolder& results) {
    model::Verdict verdict = measured.incomplete ? model::Verdict::error : model::Verdict::skip;
    std::vector<result::Result> first_results;
    std::vector<result::Result> all;
    for (const auto& run : measured.runs) {
        const auto name = measure::result_name(run.setting.name, run.repetition);
        measure::keep_qemu_log(run, logs, name);
        keep_console(run, logs, name);
        auto result = judge_linux(run, measured.revision, how.has_end);
        results.keep(result, name, std::nullopt);
        verdict = model::worst(verdict, result.verdict);
        if (result.verdict != model::Verdict::pass)
            print_problems(name, result);
        else if (request.witness)
            fmt::print("{}: the counters and the tracepoint agree in each of {} phases\n", name,
                       result.workloads.size());
        all.push_back(result);
        if (run.repetition == 1)
            first_results.push_back(std::move(result));
    }
    for (const auto isa : {model::InstructionSet::vmx, model::InstructionSet::svm}) {
        std::vector<result::Result> pair;
        std::ranges::copy_if(first_results, std::back_inserter(pair),
                             [isa](const result::Result& result) { return result.isa() == isa; });
        if (!pair.empty())
            print_table(pair, how.format);
    }
    if (request.repeat > 1)
        fmt::print("\n{}", repeat_text(all));
    return model::worst(verdict, measure::print_splats(logs));
}

}  // namespace exitscope::command::inner_linux
