// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "result/judged_run.h"

#include "evidence/tracepoint.h"
#include "report/report_text.h"
#include "result/host_log.h"
#include "result/outside.h"
#include "text/file.h"

namespace exitscope::command::result {

namespace {

void take_marks(report::Report& report, const std::filesystem::path& marks) {
    if (marks.empty()) {
        report.damage.emplace_back(
            "the exits were counted from outside, and what was counted is missing (marks.jsonl)");
        return;
    }
    try {
        fill_from_outside(report, evidence::read_marks(text::read_file(marks), marks.string()));
    } catch (const text::InputError& problem) {
        report.damage.emplace_back(problem.what());
    }
}

}  // namespace

Result judge_run(const evidence::Setting& asked, const RunFiles& files, ResultFolder& folder,
                 const std::string& name) {
    const auto log = report::read_report_text(files.serial);
    Circumstances circumstances{.asked = asked, .qemu_status = files.qemu_status};
    if (!files.host_log.empty())
        circumstances.complaints = kernel_complaints(files.host_log);
    if (!files.host.empty()) {
        circumstances.host = evidence::read_host_evidence(text::read_file(files.host), files.host.string());
        if (!files.revision.empty())
            circumstances.host->revision = files.revision;
    }
    if (!files.kvm_exit.empty())
        circumstances.tracepoint =
            evidence::read_tracepoint(text::read_file(files.kvm_exit), files.kvm_exit.string());
    auto report = report::parse_report(log);
    if (report.run && report.run->outside())
        take_marks(report, files.marks);
    auto result = make_result(report, circumstances);
    folder.keep(result, name, log.text);
    return result;
}

}  // namespace exitscope::command::result
