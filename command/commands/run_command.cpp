// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <memory>

#include "commands/commands.h"
#include "measure/conclude.h"
#include "measure/request_options.h"
#include "measure/session.h"

namespace exitscope::command::commands {

namespace {

struct RunOptions {
    measure::RequestOptions request;
    std::string guest;
    std::string counters = "kvm";
    int iterations = 0;
};

constexpr int most_iterations = 5000;
constexpr int most_vcpus = 4;

/// The program that counts from outside, built where it is not.
void add_tracer(lab::Image& image) {
    const std::string target = "exitscope-trace";
    const auto tracer = stages::built_file("trace/exitscope-trace", target);
    image.tracer = tracer.path;
    if (image.build.empty())
        image.build = tracer.words;
    else
        image.build.push_back(target);
}

int measure_and_conclude(const RunOptions& options) {
    auto request = options.request.asked();
    if (options.iterations != 0)
        request.iterations = options.iterations;
    lab::Image image{.append = measure::guest_command_line(request), .virtio_console = true};
    if (options.guest.empty()) {
        const auto guest = stages::built_file("guest-kernel/exitscope-guest", "exitscope-guest-image");
        image.kernel = guest.path;
        image.build = guest.words;
    } else {
        image.kernel = std::filesystem::absolute(options.guest);
    }
    request.outside = options.counters == "trace";
    if (request.witness && request.outside)
        throw usage::WrongUsage("--witness: with --counters trace there is no other count to compare with");
    if (request.outside && request.place == measure::Place::host)
        throw usage::WrongUsage("--counters trace: in the lab only; a host with the patched KVM: --witness");
    if (request.outside)
        request.place = measure::Place::lab;
    if (request.witness || request.outside)
        add_tracer(image);
    measure::Session session{request};
    measure::forget_older_results(request, session.plan(), session.logs());
    const auto measured = session.measure(image);
    return evidence::exit_code_of(measure::conclude(request, measured, session.logs()));
}

}  // namespace

void add_run_command(usage::CommandLine& line) {
    auto options = std::make_shared<RunOptions>();
    const auto command = line.add("run", "Measure what each workload costs in VM exits");
    measure::add_request_options(command, options->request);
    command
        .option("--workloads", options->request.request.workloads,
                "Only these, separated by commas, or all (default: a choice of 26, the README's table)")
        .refuse([](const std::string& names) {
            return names.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_,") == std::string::npos
                       ? std::string{}
                       : "names separated by commas, not: " + names;
        });
    command
        .option("--iterations", options->iterations,
                "How often each operation is done, 1 to 5000 (default: 100)")
        .between(1, most_iterations);
    command
        .option("--vcpus", options->request.request.vcpus,
                "The guest's virtual CPUs, 1 to 4 (default: 1); more than one runs the multiprocessor "
                "workloads, too")
        .between(1, most_vcpus);
    command
        .option(
            "--counters", options->counters,
            "Who counts: kvm, a KVM with exit counters (default), or trace, a BPF program at the tracepoints "
            "of an unpatched KVM, in the lab")
        .one_of({"kvm", "trace"});
    command.flag(
        "--witness", options->request.request.witness,
        "Count the exits from outside, too, by a BPF program at KVM's tracepoints, and compare every "
        "window, reason by reason; on this host as root");
    command.option("--guest", options->guest, "Another guest kernel than the one built beside this command")
        .existing_file();
    command.footer(
        "Tells of each setting when it ends, and prints one table: workloads against settings. With "
        "--repeat,\n"
        "the second run's files are named SETTING.2.json, and so on.\n"
        "Exit codes: 0 every verdict is PASS, 1 FAIL, 2 ERROR (also wrong usage or a step that failed), 3 "
        "CRASH,\n"
        "77 nothing was measured, 129, 130 or 143 ended by HUP, INT or TERM. The worst verdict counts.");
    command.action(
        [options] { return measure::exit_code_of_steps([&] { return measure_and_conclude(*options); }); });
}

}  // namespace exitscope::command::commands
