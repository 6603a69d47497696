// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>

#include "file.h"
#include "run/lab_job.h"
#include "run/measured.h"

namespace exitscope {

namespace {

using std::filesystem::path;

constexpr int seconds_of_a_boot = 600;

/// One boot of L1 with all settings of one instruction set.
struct Boot {
    InstructionSet isa;
    path job;
    path results;
    path log;
    std::vector<MeasuredRun> runs{};
};

LabRun run_of(const RunRequest& request, const Image& image, const Setting& setting) {
    return {.setting = setting,
            .image = image,
            .vcpus = request.vcpus,
            .huge_pages = request.huge_pages.empty() ? "never" : request.huge_pages,
            .exit_counters = request.exit_counters};
}

Boot prepare(InstructionSet isa, const RunRequest& request, const Image& image, const Plan& plan,
             const RunPlaces& places, const Stages& stages) {
    const auto name = std::string{name_of(isa)};
    Boot boot{.isa = isa,
              .job = places.work / ("job-" + name),
              .results = places.work / ("results-" + name),
              .log = stages.log_of("lab " + name)};
    int number = 0;
    for (const auto& setting : plan.settings) {
        for (int repetition = 1; setting.isa == isa && repetition <= request.repeat; ++repetition) {
            const auto run = std::to_string(++number);
            write_lab_run(boot.job / "runs" / run, run_of(request, image, setting));
            boot.runs.push_back({.setting = setting, .repetition = repetition, .folder = boot.results / run});
        }
    }
    return boot;
}

Command command_of(const Boot& boot, const std::string& l1, const std::string& modules, int repeat,
                   const RunPlaces& places) {
    return {.words = {places.root / "lab" / "boot", "--l1", l1, "--isa", std::string{name_of(boot.isa)},
                      "--job", boot.job, "--modules", modules, "--out", boot.results, "--limit",
                      std::to_string(seconds_of_a_boot * repeat)},
            .output = boot.log,
            .errors = {}};
}

/// What L1 and its emulator said stays with the results.
void keep_logs(const Boot& boot, const path& logs) {
    std::error_code error;
    const auto keep = [&](const char* name) {
        const auto ending = path{name}.extension().string();
        const auto stem = path{name}.stem().string();
        std::filesystem::copy_file(boot.results / name,
                                   logs / fmt::format("{}-{}{}", stem, name_of(boot.isa), ending),
                                   std::filesystem::copy_options::overwrite_existing, error);
    };
    keep("l1.log");
    keep("emulator.log");
    keep("splats");
    for (const auto& run : boot.runs)
        std::filesystem::copy_file(boot.results / "l1.log", run.folder / "l1.log", error);
}

/// Adds the runs that were done; false if one is missing.
bool collect(Boot& boot, std::vector<MeasuredRun>& done) {
    bool complete = true;
    for (auto& run : boot.runs) {
        std::error_code error;
        if (!std::filesystem::exists(run.folder / "status", error)) {
            complete = false;
            continue;
        }
        const auto text = read_file(run.folder / "status");
        if (std::from_chars(text.data(), text.data() + text.size(), run.qemu_status).ec != std::errc{})
            complete = false;
        else
            done.push_back(run);
    }
    return complete;
}

}  // namespace

Measured measure_in_lab(const RunRequest& request, const Image& image, const Plan& plan,
                        const RunPlaces& places, Stages& stages) {
    const auto l1 = request.l1.empty() ? std::string{"6.1"} : request.l1;
    const auto script = [&places](const char* folder, const char* name) {
        return (places.root / folder / name).string();
    };
    const auto kernel =
        stages.output_of(fmt::format("L1 kernel ({})", l1), {script("lab", "build-kernel"), "--l1", l1});
    const auto modules = stages.output_of(
        "patched KVM modules", {script("scripts", "build-kvm"), "--kernel-build", kernel + "/build"});
    (void)stages.output_of("L1's base image", {script("lab", "build-image"), kernel});

    std::vector<Boot> boots;
    Stage stage{.name = {},
                .commands = {},
                .extent = fmt::format("{} on {}, {} vCPUs, {} times", image.append, l1, request.vcpus,
                                      request.repeat)};
    for (const auto isa : {InstructionSet::vmx, InstructionSet::svm}) {
        auto boot = prepare(isa, request, image, plan, places, stages);
        if (boot.runs.empty())
            continue;
        stage.commands.push_back(command_of(boot, l1, modules, request.repeat, places));
        stage.news.push_back(boot.results / "l1.log");
        boots.push_back(std::move(boot));
    }
    for (const auto& setting : plan.settings)
        stage.name += fmt::format("{}{}", stage.name.empty() ? "" : " ", setting.name);

    const auto statuses = stages.run(stage);
    Measured measured;
    for (std::size_t i = 0; i < boots.size(); ++i) {
        keep_logs(boots[i], stages.logs());
        if (collect(boots[i], measured.runs) && statuses[i] == 0)
            continue;
        measured.incomplete = true;
        fmt::print(stderr, "{}\nexitscope: not every run was done; L1's log is {}\n",
                   last_lines(boots[i].log, 5),
                   (stages.logs() / fmt::format("l1-{}.log", name_of(boots[i].isa))).string());
    }
    const auto place_of = [&plan](const MeasuredRun& run) {
        return std::ranges::find(plan.settings, run.setting.name, &Setting::name);
    };
    std::ranges::stable_sort(measured.runs, {}, place_of);
    return measured;
}

}  // namespace exitscope
