// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>

#include "commands.h"
#include "file.h"
#include "run/conclude.h"
#include "run/interruption.h"
#include "run/measured.h"

namespace exitscope {

namespace {

struct Options {
    RunRequest request;
    std::vector<std::string> settings;
    std::string guest;
    int iterations = 0;
};

constexpr int most_iterations = 5000;
constexpr int most_vcpus = 4;
constexpr int most_repetitions = 1000;

Measured measure(const RunRequest& request, const Plan& plan, const RunPlaces& places, Stages& stages) {
    return plan.place == Place::host ? measure_on_host(request, plan, places, stages)
                                     : measure_in_lab(request, plan, places, stages);
}

/// Empty where the checkout is no git repository, or git is not there.
std::string revision_of(const RunPlaces& places, Stages& stages) {
    try {
        const auto output = places.work / "revision";
        const Command git{.words = {"git", "-C", places.root, "describe", "--always", "--dirty"},
                          .output = output,
                          .errors = "/dev/null"};
        const auto statuses = stages.run({.name = "revision", .commands = {git}, .quiet = true});
        return statuses.front() == 0 ? last_lines(output, 1) : std::string{};
    } catch (const InputError&) {
        return {};
    }
}

int measure_and_conclude(const Options& options) {
    auto request = options.request;
    for (const auto& name : options.settings) {
        if (std::ranges::find(request.settings, name, &Setting::name) == request.settings.end())
            request.settings.push_back(*find_setting(name));
    }
    if (options.iterations != 0)
        request.iterations = options.iterations;

    const auto plan = make_plan(request, read_host_state(host_folders()));
    const WorkFolder work;
    const auto places = find_places(options.guest, work.path());
    const auto logs = request.out / "logs";
    std::error_code error;
    std::filesystem::create_directories(logs, error);
    if (error)
        throw InputError(fmt::format("{} cannot be made: {}; choose another folder with --out", logs.string(),
                                     error.message()));
    catch_interruptions();
    if (!plan.note.empty())
        fmt::print(stderr, "{}\n", plan.note);
    fmt::print(stderr, "exitscope: measuring; logs in {}\n", logs.string());
    forget_older_results(request, plan, logs);

    const auto begin = std::chrono::steady_clock::now();
    Stages stages{logs, work.path(), Durations{cache_folder() / "durations.json"}};
    auto measured = measure(request, plan, places, stages);
    measured.revision = revision_of(places, stages);
    fmt::print(
        stderr, "{} s in all: {}\n",
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - begin).count(),
        stages.times());
    return exit_code_of(conclude(request, measured, logs));
}

int run(const Options& options) {
    try {
        return measure_and_conclude(options);
    } catch (const Interrupted& interrupted) {
        fmt::print(stderr, "\nexitscope: interrupted; nothing was judged\n");
        return 128 + interrupted.signal;
    } catch (const StageFailed&) {
        return exit_code_of(Verdict::error);
    }
}

}  // namespace

void add_run_command(CLI::App& app, int& exit_code) {
    auto options = std::make_shared<Options>();
    auto& request = options->request;
    auto* const command = app.add_subcommand("run", "Measure what each workload costs in VM exits");
    command
        ->add_option(
            "--setting", options->settings,
            "ept=1, ept=0 (Intel VMX), npt=1 or npt=0 (AMD SVM); may be repeated. Default: the one in force "
            "if a KVM with exit counters is loaded here, else all four in the lab")
        ->check(CLI::IsMember(std::vector<std::string>{"ept=1", "ept=0", "npt=1", "npt=0"}));
    command
        ->add_option(
            "--on", request.place,
            "host: this machine's CPU; unless the one setting asked for is in force, loads KVM with the "
            "exit counters, as root and while no VM runs, and puts back what was loaded. lab: emulated "
            "CPUs, which needs no hardware virtualization")
        ->transform(CLI::CheckedTransformer(
            std::map<std::string, Place>{{"host", Place::host}, {"lab", Place::lab}}));
    command
        ->add_option("--workloads", request.workloads,
                     "Only these, separated by commas, or all (default: a choice of 26, the README's table)")
        ->check(CLI::Validator(
            [](const std::string& names) {
                return names.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_,") == std::string::npos
                           ? std::string{}
                           : "names separated by commas, not: " + names;
            },
            "A,B"));
    command
        ->add_option("--iterations", options->iterations,
                     "How often each operation is done, 1 to 5000 (default: 100)")
        ->check(CLI::Range(1, most_iterations));
    command
        ->add_option(
            "--repeat", request.repeat,
            "Do each setting so often, 1 to 1000 times, and check that the reports are equal (default: 1)")
        ->check(CLI::Range(1, most_repetitions));
    command
        ->add_option("--vcpus", request.vcpus,
                     "The guest's virtual CPUs, 1 to 4 (default: 1); more than one runs the multiprocessor "
                     "workloads, too")
        ->check(CLI::Range(1, most_vcpus));
    command
        ->add_option(
            "--huge-pages", request.huge_pages,
            "In the lab: back the guest's memory with transparent huge pages always, or never (default)")
        ->check(CLI::IsMember(std::vector<std::string>{"always", "never"}));
    command
        ->add_option(
            "--l1", request.l1,
            "In the lab: the kernel under the KVM measured: 6.1 (default), 6.12; with npt=1 and npt=0 also "
            "debian, debian-6.12 (Debian's unchanged kernels), 6.1-debug, 6.12-debug")
        ->check(CLI::IsMember(
            std::vector<std::string>{"6.1", "6.12", "debian", "debian-6.12", "6.1-debug", "6.12-debug"}));
    command
        ->add_option(
            "--modules", request.modules,
            "On this host: load kvm.ko and its vendor module from this folder instead of building them")
        ->check(CLI::ExistingDirectory);
    command->add_option("--source", request.source,
                        "On this host: the kernel's source for that build; see "
                        "scripts/build-kvm --help");
    command->add_option("--guest", options->guest,
                        "Another guest kernel than the one built beside this command");
    command->add_option("--out", request.out,
                        "Where SETTING.json, SETTING.ktap and logs/ go (default: results)");
    command->footer(
        "Prints one table: workloads against settings. With --repeat, the second run's files are named\n"
        "SETTING.2.json, and so on.\n"
        "Exit codes: 0 every verdict is PASS, 1 FAIL, 2 ERROR (also wrong usage or a step that failed), 3 "
        "CRASH,\n"
        "77 nothing was measured, 129, 130 or 143 ended by HUP, INT or TERM. The worst verdict counts.");
    command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace exitscope
