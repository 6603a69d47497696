// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/core.h>

#include <memory>

#include "bisect/bisect.h"
#include "commands/commands.h"
#include "evidence/problem.h"
#include "evidence/reasons.h"
#include "measure/known_workloads.h"
#include "measure/request_options.h"
#include "measure/session.h"

namespace exitscope::command::commands {

namespace {

struct BisectOptions {
    bisect::BisectRequest request;
    std::string tree;
    std::string setting;
    std::string guest;
};

int run(const BisectOptions& options) {
    auto request = options.request;
    request.tree = std::filesystem::canonical(options.tree);
    request.setting = *evidence::find_setting(options.setting);
    if (!options.guest.empty())
        request.guest = std::filesystem::absolute(options.guest);
    if (!request.reason.empty() && !evidence::parse_reason(request.setting.isa, request.reason))
        throw usage::WrongUsage(
            fmt::format("--reason: {} is no exit reason of {}; result files spell them, 10 "
                        "or 0x72",
                        request.reason, name_of(request.setting.isa)));
    if (const auto unknown = measure::unknown_workload(request.workload); unknown && request.guest.empty())
        throw usage::WrongUsage(fmt::format("--workload: {}", *unknown));
    return evidence::exit_code_of(bisect::bisect(request));
}

}  // namespace

void add_bisect_command(usage::CommandLine& line) {
    auto options = std::make_shared<BisectOptions>();
    auto& request = options->request;
    const auto command = line.add("bisect", "Find the commit of Linux that changed what a workload costs");
    command.option("--tree", options->tree, "A git checkout of Linux; its files are not touched")
        .existing_folder()
        .required();
    command.option("--good", request.good, "A commit before the change").required();
    command.option("--bad", request.bad, "A commit after it").required();
    command.option("--workload", request.workload, "The workload whose exits are looked at").required();
    command.option("--setting", options->setting, "ept=1, ept=0 (Intel VMX), npt=1 or npt=0 (AMD SVM)")
        .one_of(measure::setting_names())
        .required();
    command.option("--reason", request.reason,
                   "Only the exits of this reason, 48 or 0x400 for example (default: those of all reasons)");
    command.option("--guest", options->guest, "Another guest kernel than the one built beside this command")
        .existing_file();
    command.footer(
        "Bisects in a work tree of its own, with git; each commit's KVM is built and measured in the lab, as "
        "run --tree\n"
        "does it. A commit that does not build, or costs something else than both, is skipped and shown. "
        "What "
        "was measured\n"
        "is kept until the commit is found: after Ctrl-C the same command goes on.\n"
        "Exit codes: 0 found, 2 ERROR (only skipped commits are left, wrong usage, or nothing to find), 129, "
        "130 or 143\n"
        "ended by HUP, INT or TERM.");
    command.action([options] { return measure::exit_code_of_steps([&] { return run(*options); }); });
}

}  // namespace exitscope::command::commands
