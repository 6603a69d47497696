// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/core.h>

#include <algorithm>
#include <string>

#include "lab/kernels.h"
#include "lab/lab_boot.h"
#include "lab/lab_job.h"
#include "measure/measured.h"
#include "text/file.h"

namespace exitscope::command::measure {

namespace {

using std::filesystem::path;

constexpr std::chrono::seconds limit_of_a_boot{600};

/// One boot of L1 with all settings of one instruction set.
struct BootWithRuns {
    lab::LabBoot boot;
    path log;
    std::vector<MeasuredRun> runs{};
};

lab::LabRun run_of(const RunRequest& request, const lab::Image& image, const evidence::Setting& setting) {
    return {.setting = setting,
            .image = image,
            .vcpus = request.vcpus,
            .huge_pages = request.huge_pages.empty() ? "never" : request.huge_pages,
            .exit_counters = request.exit_counters};
}

BootWithRuns prepare(const lab::LabBoot& boot, const RunRequest& request, const lab::Image& image,
                     const Plan& plan, const stages::Stages& stages) {
    BootWithRuns prepared{.boot = boot, .log = stages.log_of(fmt::format("lab {}", name_of(boot.isa)))};
    int number = 0;
    for (const auto& setting : plan.settings) {
        for (int repetition = 1; setting.isa == boot.isa && repetition <= request.repeat; ++repetition) {
            const auto run = std::to_string(++number);
            lab::write_lab_run(boot.job / "runs" / run, run_of(request, image, setting));
            prepared.runs.push_back(
                {.setting = setting, .repetition = repetition, .folder = boot.results / run});
        }
    }
    return prepared;
}

/// What L1 and its emulator said stays with the results.
void keep_logs(const BootWithRuns& done, const path& logs) {
    std::error_code error;
    const auto& results = done.boot.results;
    const auto keep = [&](const char* name) {
        const auto ending = path{name}.extension().string();
        const auto stem = path{name}.stem().string();
        std::filesystem::copy_file(results / name,
                                   logs / fmt::format("{}-{}{}", stem, name_of(done.boot.isa), ending),
                                   std::filesystem::copy_options::overwrite_existing, error);
    };
    keep("l1.log");
    keep("emulator.log");
    keep("splats");
    for (const auto& run : done.runs)
        std::filesystem::copy_file(results / "l1.log", run.folder / "l1.log", error);
}

/// Adds the runs that were done; false if one is missing.
bool collect(const BootWithRuns& boot, std::vector<MeasuredRun>& done) {
    bool complete = true;
    for (auto run : boot.runs) {
        const auto status = lab::qemu_status_in(run.folder);
        if (!status) {
            complete = false;
            continue;
        }
        run.qemu_status = *status;
        done.push_back(run);
    }
    return complete;
}

}  // namespace

Measured measure_in_lab(const RunRequest& request, const lab::Image& image, const Plan& plan,
                        const stages::RunPlaces& places, stages::Stages& stages) {
    const auto l1 = lab::find_kernel(lab::read_kernels(), request.l1).name;
    const auto modules = lab::build_lab(l1, lab::LabKvm::patched, {}, places, stages);

    std::vector<BootWithRuns> boots;
    stages::Stage stage{.name = {},
                        .commands = {},
                        .extent = fmt::format("{} on {}, {} vCPUs, {} times", image.append, l1, request.vcpus,
                                              request.repeat)};
    for (const auto isa : {model::InstructionSet::vmx, model::InstructionSet::svm}) {
        const auto name = name_of(isa);
        auto boot = prepare({.isa = isa,
                             .job = places.work / fmt::format("job-{}", name),
                             .results = places.work / fmt::format("results-{}", name),
                             .modules = modules,
                             .l1 = l1,
                             .limit = limit_of_a_boot * request.repeat},
                            request, image, plan, stages);
        if (boot.runs.empty())
            continue;
        stage.commands.push_back(
            {.words = lab::words_of(boot.boot, places), .output = boot.log, .errors = {}});
        stage.news.push_back(boot.boot.results / "l1.log");
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
                   stages::last_lines(boots[i].log, 5),
                   (stages.logs() / fmt::format("l1-{}.log", name_of(boots[i].boot.isa))).string());
    }
    const auto place_of = [&plan](const MeasuredRun& run) {
        return std::ranges::find(plan.settings, run.setting.name, &evidence::Setting::name);
    };
    std::ranges::stable_sort(measured.runs, {}, place_of);
    return measured;
}

}  // namespace exitscope::command::measure
