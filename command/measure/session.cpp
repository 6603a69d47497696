// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "measure/session.h"

#include <fmt/core.h>

#include "evidence/problem.h"
#include "stages/interruption.h"
#include "text/file.h"

namespace exitscope::command::measure {

namespace {

std::filesystem::path make_logs(const std::filesystem::path& out) {
    auto logs = out / "logs";
    std::error_code error;
    std::filesystem::create_directories(logs, error);
    if (error)
        throw text::InputError(fmt::format("{} cannot be made: {}; choose another folder with --out",
                                           logs.string(), error.message()));
    return logs;
}

}  // namespace

Session::Session(const RunRequest& request)
    : request_{request},
      plan_{make_plan(request, host_kvm::read_host_state(host_kvm::host_folders(),
                                                         stages::checkout_root() / "kvm-patch"))},
      places_{stages::find_places(work_.path())},
      out_{request.out},
      logs_{make_logs(request.out)},
      stages_{logs_, work_.path(), stages::Durations{stages::cache_folder() / "durations.json"}},
      results_{request.out} {
    stages::catch_interruptions();
    // A boot writes them anew only if it comes that far.
    for (const auto* const file : {"splats-vmx", "splats-svm"}) {
        std::error_code error;
        std::filesystem::remove(logs_ / file, error);
    }
    if (!plan_.note.empty())
        fmt::print(stderr, "{}\n", plan_.note);
    fmt::print(stderr, "exitscope: measuring; logs in {}\n", logs_.string());
}

Session::~Session() {
    for (const auto& setting : plan_.settings) {
        if (const auto stayed = results_.what_stayed(setting.name); !stayed.empty())
            fmt::print(stderr, "exitscope: {}\n", stayed);
    }
}

/// Empty where the checkout is no git repository, or git is not there.
std::string Session::revision() {
    try {
        const auto output = places_.work / "revision";
        const stages::ProgramCall git{.words = {"git", "-C", places_.root, "describe", "--always", "--dirty"},
                                      .output = output,
                                      .errors = "/dev/null"};
        const auto statuses = stages_.run({.name = "revision", .commands = {git}, .quiet = true});
        return statuses.front() == 0 ? stages::last_lines(output, 1) : std::string{};
    } catch (const text::InputError&) {
        return {};
    }
}

void Session::add_tracer(lab::Image& image) {
    const std::string target = "exitscope-trace";
    const auto tracer = stages::built_file("trace/exitscope-trace", target);
    image.tracer = tracer.path;
    if (image.build.empty())
        image.build = tracer.words;
    else
        image.build.push_back(target);
}

Measured Session::measure(lab::Image image) {
    if (request_.witness || plan_.outside)
        add_tracer(image);
    auto measured = plan_.place == Place::host
                        ? measure_on_host(request_, image, plan_, places_, stages_)
                        : measure_in_lab(request_, image, plan_, places_, stages_, results_);
    measured.revision = revision();
    fmt::print(stderr, "{} s in all: {}\n", stages_.seconds(), stages_.times());
    return measured;
}

int exit_code_of_steps(const std::function<int()>& command) {
    try {
        return command();
    } catch (const stages::Interrupted& interrupted) {
        fmt::print(stderr, "\nexitscope: interrupted; what had not ended was not judged\n");
        return 128 + interrupted.signal;
    } catch (const stages::StageFailed&) {
        return evidence::exit_code_of(model::Verdict::error);
    }
}

}  // namespace exitscope::command::measure
