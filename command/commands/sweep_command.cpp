// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/core.h>

#include <memory>

#include "commands/commands.h"
#include "evidence/problem.h"
#include "lab/kernel_option.h"
#include "measure/known_workloads.h"
#include "measure/request_options.h"
#include "measure/session.h"
#include "sweep/sweep.h"

namespace exitscope::command::commands {

namespace {

struct SweepOptions {
    sweep::SweepRequest request;
    std::vector<std::string> settings;
    std::string guest;
    int iterations = 0;
};

constexpr int most_iterations_of_sweep = 5000;

int run_sweep(const SweepOptions& options) {
    auto request = options.request;
    for (const auto& name : options.settings)
        request.settings.push_back(*evidence::find_setting(name));
    if (options.iterations != 0)
        request.iterations = options.iterations;
    if (!options.guest.empty())
        request.guest = std::filesystem::absolute(options.guest);
    if (const auto unknown = measure::unknown_workload(request.workloads); unknown && request.guest.empty())
        throw usage::WrongUsage(fmt::format("--workloads: {}", *unknown));
    return evidence::exit_code_of(sweep::sweep(request));
}

}  // namespace

void add_sweep_command(usage::CommandLine& line) {
    auto options = std::make_shared<SweepOptions>();
    auto& request = options->request;
    const auto command =
        line.add("sweep", "Find which parameter of KVM, or of the machine, changes which workload's exits");
    command
        .option("--setting", options->settings,
                "ept=1, ept=0 (Intel VMX), npt=1 or npt=0 (AMD SVM); may be repeated (default: all four)")
        .one_of(measure::setting_names());
    lab::add_kernel_option(command, request.l1, "The kernel under the KVM measured");
    command.option("--workloads", request.workloads, "Only these, separated by commas (default: all)");
    command
        .option("--iterations", options->iterations,
                "How often each operation is done, 1 to 5000 (default: 100)")
        .between(1, most_iterations_of_sweep);
    command.option("--change", request.changes,
                   "Only this one, as it is printed (kvm.tdp_mmu=N), or without the value, or all of a "
                   "module (kvm_intel); may "
                   "be repeated");
    command.option("--guest", options->guest, "Another guest kernel than the one built beside this command")
        .existing_file();
    command.option("--out", request.out,
                   "Where results and logs go, and what is measured already is found (default: sweep)");
    command.footer(
        "In the lab. Each parameter that the loaded modules show in /sys is set to another value, one at a "
        "time: N "
        "for Y,\n0 for a number, 1 for 0; and so are some of the machine's switches. Prints how many exits "
        "each "
        "workload then has\nmore or less. What is measured stays in OUT: after Ctrl-C the same command goes "
        "on.\n"
        "Exit codes: 0 everything was tried, 2 ERROR (also wrong usage or a step that failed), 129, 130 or "
        "143 ended by\nHUP, INT or TERM.");
    command.action([options] { return measure::exit_code_of_steps([&] { return run_sweep(*options); }); });
}

}  // namespace exitscope::command::commands
