// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/core.h>

#include <memory>

#include "commands/commands.h"
#include "result/judged_run.h"
#include "text/file.h"

namespace exitscope::command::commands {

namespace {

struct ResultOptions {
    std::string setting;
    std::string serial;
    int status = 0;
    std::string host;
    bool no_host_evidence = false;
    std::string host_log;
    std::string kvm_exit;
    std::string marks;
    std::string out;
};

void print(const result::Result& result) {
    fmt::print("{}: {}\n", result.setting, name_of(result.verdict));
    for (const auto& problem : result.problems)
        fmt::print("  {} {}\n", name_of(problem.verdict), problem.message);
    if (result.terminal && !result.terminal_traced)
        fmt::print("  {} is judged by QEMU's status alone: no counts of kvm_exit were given\n",
                   result.terminal->workload);
}

int run(const ResultOptions& options) {
    if (options.host.empty() && !options.no_host_evidence)
        throw text::InputError(
            "no evidence of the host: give its l1.json with --host, or say --no-host-evidence");
    result::ResultFolder folder{options.out};
    const auto result = result::judge_run(*evidence::find_setting(options.setting),
                                          {.serial = options.serial,
                                           .host = options.host,
                                           .host_log = options.host_log,
                                           .kvm_exit = options.kvm_exit,
                                           .marks = options.marks,
                                           .qemu_status = options.status},
                                          folder, options.setting);
    print(result);
    if (const auto stayed = folder.what_stayed(options.setting); !stayed.empty())
        fmt::print(stderr, "exitscope: {}\n", stayed);
    return evidence::exit_code_of(result.verdict);
}

}  // namespace

void add_result_command(usage::CommandLine& line) {
    auto options = std::make_shared<ResultOptions>();
    const auto command = line.add("result", "Judge one run and write its result file");
    command.option("--setting", options->setting, "What the run was asked for: ept=1, ept=0, npt=1, npt=0")
        .required()
        .one_of({"ept=1", "ept=0", "npt=1", "npt=0"});
    command.option("--serial", options->serial, "The guest's serial output").required();
    command.option("--status", options->status, "QEMU's exit status, 124 after a time-out").required();
    const auto host = command.option("--host", options->host, "What the host says about itself (l1.json)");
    command
        .flag("--no-host-evidence", options->no_host_evidence,
              "There is no l1.json; then the counters or the counts have to show the paging")
        .excludes(host);
    command.option("--l1-log", options->host_log,
                   "The host's console; a panic, an oops or a warning of KVM in it is an ERROR");
    command.option(
        "--kvm-exit", options->kvm_exit,
        "Counts of the host's tracepoint by reason (kvm_exit.json), which judge what ends the guest");
    command.option("--marks", options->marks,
                   "What exitscope-trace counted (marks.jsonl), for a guest with counters=trace");
    command.option("--out", options->out, "The folder for SETTING.json and SETTING.ktap").required();
    command.footer(
        "Writes the result, whatever it is, and prints the verdict with its reasons. Where it holds no count "
        "and the\n"
        "folder's holds one, that stays, and this one is written to the folder `unmeasured` in it.\n"
        "Exit codes: 0 PASS, 1 FAIL, 2 ERROR (usage and unreadable files too), 3 CRASH, 77 SKIP.");
    command.action([options] { return run(*options); });
}

}  // namespace exitscope::command::commands
