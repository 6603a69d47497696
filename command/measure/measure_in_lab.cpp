// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/core.h>

#include <algorithm>
#include <string>

#include "evidence/qemu_status.h"
#include "lab/kernels.h"
#include "lab/lab_boot.h"
#include "lab/lab_job.h"
#include "measure/ended_runs.h"
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

lab::LabRun run_of(const RunRequest& request, const lab::Image& image, const Plan& plan,
                   const evidence::Setting& setting) {
    return {.setting = setting,
            .image = plan.outside ? counted_outside(image, setting) : image,
            .vcpus = request.vcpus,
            .host = {.huge_pages = request.huge_pages.empty() ? "never" : request.huge_pages},
            .exit_counters = request.exit_counters};
}

BootWithRuns prepare(const lab::LabBoot& boot, const RunRequest& request, const lab::Image& image,
                     const Plan& plan, const stages::Stages& stages) {
    BootWithRuns prepared{.boot = boot, .log = stages.log_of(fmt::format("lab {}", name_of(boot.isa)))};
    int number = 0;
    for (const auto& setting : plan.settings) {
        for (int repetition = 1; setting.isa == boot.isa && repetition <= request.repeat; ++repetition) {
            const auto run = std::to_string(++number);
            lab::write_lab_run(boot.job / "runs" / run, run_of(request, image, plan, setting));
            prepared.runs.push_back(
                {.setting = setting, .repetition = repetition, .folder = boot.results / run});
        }
    }
    if (!prepared.runs.empty())
        lab::write_lab_programs(boot.job, image);
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
    for (const auto& run : done.runs) {
        if (std::filesystem::exists(run.folder, error))
            std::filesystem::copy_file(results / "l1.log", run.folder / "l1.log", error);
    }
}

/// What there is of a run that ended with its machine: a report without a line, and what L1 said last.
void leave_empty_report(const MeasuredRun& run, const lab::LabBoot& boot) {
    std::error_code error;
    text::write_file(run.folder / "serial", "");
    std::filesystem::copy_file(boot.results / "l1.log", run.folder / "l1.log",
                               std::filesystem::copy_options::overwrite_existing, error);
}

/// Adds the runs that were done, and the one that was on when L1 ended; false if one was not done.
bool collect(const BootWithRuns& boot, std::vector<MeasuredRun>& done) {
    bool complete = true;
    for (auto run : boot.runs) {
        const auto status = lab::qemu_status_in(run.folder);
        if (status) {
            run.qemu_status = *status;
            done.push_back(run);
            continue;
        }
        if (complete && lab::was_begun(run.folder)) {
            leave_empty_report(run, boot.boot);
            run.qemu_status = evidence::lost_with_its_machine;
            done.push_back(run);
        }
        complete = false;
    }
    return complete;
}

bool has(const Plan& plan, model::InstructionSet isa) {
    return std::ranges::find(plan.settings, isa, &evidence::Setting::isa) != plan.settings.end();
}

}  // namespace

Measured measure_in_lab(const RunRequest& request, const lab::Image& image, const Plan& plan,
                        const stages::RunPlaces& places, stages::Stages& stages,
                        result::ResultFolder& results) {
    const auto l1 = request.tree.empty() ? lab::find_kernel(lab::read_kernels(), request.l1).name
                                         : request.tree.filename().string();
    // QEMU is done sooner than Bochs, and kvm-amd.ko takes less time to build: so it begins, and the boot in
    // Bochs builds what it needs meanwhile.
    const auto first =
        has(plan, model::InstructionSet::svm) ? model::InstructionSet::svm : model::InstructionSet::vmx;
    lab::LabParts parts{.l1 = l1,
                        .tree = request.tree,
                        .isa = first,
                        .kvm = plan.outside ? lab::LabKvm::stock : lab::LabKvm::patched};
    if (!image.build.empty())
        parts.beside.push_back({.name = "guest kernel", .words = image.build});
    const auto built = lab::build_lab(parts, places, stages);

    std::vector<BootWithRuns> boots;
    std::vector<MeasuredRun> runs;
    stages::Stage stage{.name = {},
                        .commands = {},
                        .extent = fmt::format("{} on {}, {} vCPUs, {} times", image.append, l1, request.vcpus,
                                              request.repeat)};
    for (const auto isa : {model::InstructionSet::vmx, model::InstructionSet::svm}) {
        const auto name = name_of(isa);
        auto boot = prepare({.isa = isa,
                             .job = places.work / fmt::format("job-{}", name),
                             .results = places.work / fmt::format("results-{}", name),
                             .modules = isa == first ? built.modules : path{},
                             .l1 = l1,
                             .kernel = request.tree.empty() ? path{} : built.kernel,
                             .kvm = parts.kvm,
                             .limit = limit_of_a_boot * request.repeat},
                            request, image, plan, stages);
        if (boot.runs.empty())
            continue;
        stage.commands.push_back(
            {.words = lab::words_of(boot.boot, places), .output = boot.log, .errors = {}});
        stage.news.insert(stage.news.end(), {boot.log, boot.boot.results / "l1.log"});
        runs.insert(runs.end(), boot.runs.begin(), boot.runs.end());
        boots.push_back(std::move(boot));
    }
    for (const auto& setting : plan.settings)
        stage.name += fmt::format("{}{}", stage.name.empty() ? "" : " ", setting.name);

    EndedRuns ended{results, std::move(runs)};
    stage.tell = [&] { return ended.tell(stages.seconds()); };
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
