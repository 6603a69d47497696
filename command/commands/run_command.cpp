// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/core.h>

#include <memory>

#include "commands/commands.h"
#include "compare/formats.h"
#include "measure/conclude.h"
#include "measure/known_workloads.h"
#include "measure/request_options.h"
#include "measure/session.h"
#include "result/result.h"
#include "text/file.h"

namespace exitscope::command::commands {

namespace {

struct RunOptions {
    measure::RequestOptions request;
    std::string guest;
    std::vector<std::string> trees;
    int iterations = 0;
};

constexpr int most_iterations = 5000;
constexpr int most_vcpus = 8;

int measure_and_conclude(const RunOptions& options, measure::RunRequest request) {
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
    measure::Session session{request};
    const auto measured = session.measure(image);
    return evidence::exit_code_of(measure::conclude(request, measured, session.logs(), session.results()));
}

std::filesystem::path tree_of(const std::string& name) {
    return std::filesystem::canonical(name);
}

/// What differs between the results of two trees, setting by setting; true if nothing does.
bool compare_trees(const measure::RunRequest& one, const measure::RunRequest& other) {
    bool equal = true;
    for (const auto& setting : evidence::settings) {
        const auto file = measure::result_name(setting.name, 1) + ".json";
        std::error_code error;
        if (!std::filesystem::exists(one.out / file, error) ||
            !std::filesystem::exists(other.out / file, error))
            continue;
        const auto read = [&file](const measure::RunRequest& request) {
            return result::read_result(text::read_file(request.out / file), (request.out / file).string());
        };
        const auto comparison = compare::compare(read(one), read(other));
        fmt::print("\n{}: {} against {}\n{}", setting.name, one.tree.string(), other.tree.string(),
                   compare::comparison_text(comparison, compare::Show::changed));
        equal = equal && !comparison.changed();
    }
    return equal;
}

/// One tree after the other; a count that differs, or is not what it should be in one of them, is FAIL.
int measure_trees(const RunOptions& options) {
    std::vector<measure::RunRequest> requests;
    auto worst = model::Verdict::pass;
    for (const auto& name : options.trees) {
        auto request = options.request.asked();
        request.tree = tree_of(name);
        request.out /= fmt::format("tree-{}", requests.size() + 1);
        fmt::print(stderr, "exitscope: {}\n", request.tree.string());
        requests.push_back(request);
        const int code = measure_and_conclude(options, request);
        if (code == evidence::exit_code_of(model::Verdict::fail))
            worst = model::Verdict::fail;
        else if (code != evidence::exit_code_of(model::Verdict::pass))
            return code;
    }
    if (!compare_trees(requests.front(), requests.back()))
        worst = model::Verdict::fail;
    return evidence::exit_code_of(worst);
}

int measure_what_is_asked(const RunOptions& options) {
    auto request = options.request.asked();
    // Another guest may have others.
    if (const auto unknown = measure::unknown_workload(request.workloads); unknown && options.guest.empty())
        throw usage::WrongUsage(fmt::format("--workloads: {}", *unknown));
    if (options.trees.empty())
        return measure_and_conclude(options, request);
    if (!request.l1.empty())
        throw usage::WrongUsage("--l1 excludes --tree");
    if (request.counters == measure::Counters::kvm)
        throw usage::WrongUsage("--tree: its KVM is measured from outside, not with --counters kvm");
    if (options.trees.size() > 2)
        throw usage::WrongUsage(fmt::format("--tree: one, or two to compare, not {}", options.trees.size()));
    if (options.trees.size() == 2)
        return measure_trees(options);
    request.tree = tree_of(options.trees.front());
    return measure_and_conclude(options, request);
}

}  // namespace

void add_run_command(usage::CommandLine& line) {
    auto options = std::make_shared<RunOptions>();
    const auto command = line.add("run", "Measure what each workload costs in VM exits");
    const auto witness = measure::add_request_options(command, options->request);
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
                "The guest's virtual CPUs, 1 to 8 (default: 1); more than one runs the multiprocessor "
                "workloads, too")
        .between(1, most_vcpus);
    const auto tree =
        command
            .option(
                "--tree", options->trees,
                "In the lab: measure the KVM of this source of Linux, a git checkout or an unpacked archive, "
                "patched or not, from outside; given twice, both, and compare them")
            .existing_folder();
    witness.excludes(tree);
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
        [options] { return measure::exit_code_of_steps([&] { return measure_what_is_asked(*options); }); });
}

}  // namespace exitscope::command::commands
