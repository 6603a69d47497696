// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "linux/conclude_linux.h"

#include <fmt/format.h>

#include <algorithm>

#include "file.h"
#include "host_log.h"
#include "linux/phase_table.h"
#include "linux/phases.h"
#include "linux/repeat.h"
#include "run/conclude.h"

namespace exitscope {

namespace {

Result judge_linux(const MeasuredRun& run, const std::string& revision, bool has_end) {
    Circumstances circumstances{.asked = run.setting, .qemu_status = run.qemu_status, .ends_by_itself = true};
    std::error_code error;
    if (std::filesystem::exists(run.folder / "l1.log", error))
        circumstances.complaints = kernel_complaints_in(run.folder / "l1.log");
    const auto host = run.folder / "l1.json";
    circumstances.host = read_host_evidence(read_file(host), host.string());
    circumstances.host->revision = revision;
    return make_result(read_phases(run.folder / "serial", has_end), circumstances);
}

/// What the Linux printed stays, as it says why a run went wrong.
void keep_console(const MeasuredRun& run, const std::filesystem::path& logs, const std::string& name) {
    std::error_code error;
    std::filesystem::copy_file(run.folder / "serial", logs / ("console-" + name + ".log"),
                               std::filesystem::copy_options::overwrite_existing, error);
}

void print_problems(const std::string& name, const Result& result) {
    fmt::print("{}: {}\n", name, name_of(result.verdict));
    for (const auto& problem : result.problems)
        fmt::print("  {} {}\n", name_of(problem.verdict), problem.message);
}

void print_table(const std::vector<Result>& results, TableFormat format) {
    const auto table = make_phase_table(results);
    if (!table.kernel.empty())
        fmt::print("\nKVM of Linux {}\n\n", table.kernel);
    fmt::print("{}", format == TableFormat::markdown ? phase_table_markdown(table) : phase_table_text(table));
}

}  // namespace

Verdict conclude_linux(const RunRequest& request, const Measured& measured, const std::filesystem::path& logs,
                       const LinuxConclusion& how) {
    Verdict verdict = measured.incomplete ? Verdict::error : Verdict::skip;
    std::vector<Result> first_results;
    std::vector<Result> all;
    for (const auto& run : measured.runs) {
        const auto name = result_name(run.setting.name, run.repetition);
        keep_qemu_log(run, logs, name);
        keep_console(run, logs, name);
        auto result = judge_linux(run, measured.revision, how.has_end);
        write_file(request.out / (name + ".json"), write_result(result));
        verdict = worst(verdict, result.verdict);
        if (result.verdict != Verdict::pass)
            print_problems(name, result);
        all.push_back(result);
        if (run.repetition == 1)
            first_results.push_back(std::move(result));
    }
    for (const auto isa : {InstructionSet::vmx, InstructionSet::svm}) {
        std::vector<Result> pair;
        std::ranges::copy_if(first_results, std::back_inserter(pair),
                             [isa](const Result& result) { return result.isa() == isa; });
        if (!pair.empty())
            print_table(pair, how.format);
    }
    if (request.repeat > 1)
        fmt::print("\n{}", repeat_text(all));
    return worst(verdict, print_splats(logs));
}

}  // namespace exitscope
