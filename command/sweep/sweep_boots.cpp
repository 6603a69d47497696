// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "sweep/sweep_boots.h"

#include <fmt/core.h>

#include <algorithm>
#include <limits>

#include "lab/lab_job.h"
#include "result/judged_run.h"
#include "text/file.h"

namespace exitscope::command::sweep {

namespace {

using std::filesystem::path;

constexpr std::chrono::seconds limit_of_a_run{120};

bool has_file(const path& file) {
    std::error_code error;
    return std::filesystem::exists(file, error);
}

/// The last line that says something.
std::string last_words(const path& file) {
    auto words = stages::last_lines(file, 1);
    std::erase(words, '\n');
    return words;
}

}  // namespace

lab::LabBoot SweepBoots::boot_for(model::InstructionSet isa) const {
    const auto folder = places_.work / fmt::format("sweep-{}-{}", boots_, name_of(isa));
    return {.isa = isa, .job = folder / "job", .results = folder / "results", .l1 = l1_};
}

/// Judges a run that has ended and writes its result; false while it has not.
bool SweepBoots::keep(const Run& run) const {
    const auto status = lab::qemu_status_in(run.folder);
    if (!status) {
        if (!has_file(run.folder / "error"))
            return false;
        folder_.refuse(run.trial.change.name, run.trial.setting, last_words(run.folder / "error"));
        return true;
    }
    result::ResultFolder results{folder_.of(run.trial.change.name)};
    (void)result::judge_run(
        run.trial.setting,
        {.serial = run.folder / "serial", .host = run.folder / "l1.json", .qemu_status = *status}, results,
        std::string{run.trial.setting.name});
    if (!folder_.is_done(run.trial.change.name, run.trial.setting))
        folder_.refuse(run.trial.change.name, run.trial.setting,
                       fmt::format("nothing was measured, QEMU ended with {}: {}", *status,
                                   last_words(run.folder / "qemu.log")));
    return true;
}

std::string SweepBoots::tell(std::vector<Run>& pending, std::size_t all) const {
    std::string lines;
    std::size_t left = pending.size();
    std::erase_if(pending, [&](const Run& run) {
        if (!keep(run))
            return false;
        --left;
        const auto refusal = folder_.refusal(run.trial.change.name, run.trial.setting);
        lines += stages::progress_line({.step = fmt::format("{}/{} {} {}", all - left, all,
                                                            run.trial.setting.name, run.trial.change.name),
                                        .seconds = stages_.seconds(),
                                        .news = refusal},
                                       std::numeric_limits<std::size_t>::max()) +
                 "\n";
        return true;
    });
    return lines;
}

/// L1 ended in the first one that it had begun and not finished.
void SweepBoots::refuse_unmeasured(const std::vector<Run>& runs) const {
    for (const auto& run : runs) {
        if (keep(run) || !lab::was_begun(run.folder))
            continue;
        folder_.refuse(
            run.trial.change.name, run.trial.setting,
            fmt::format("L1 ended in it: {}", last_words(run.folder.parent_path() / "emulator.log")));
        return;
    }
}

bool SweepBoots::boot_once(const std::vector<Trial>& trials) {
    ++boots_;
    stages::Stage stage{.name = fmt::format("{} runs", trials.size()),
                        .commands = {},
                        .extent = fmt::format("sweep {} on {}", image_.append, l1_)};
    std::vector<Run> runs;
    std::vector<std::vector<Run>> by_boot;
    for (const auto isa : {model::InstructionSet::vmx, model::InstructionSet::svm}) {
        auto boot = boot_for(isa);
        std::vector<Run> of_this;
        for (const auto& trial : trials) {
            if (trial.setting.isa != isa)
                continue;
            const auto number = std::to_string(of_this.size() + 1);
            lab::write_lab_run(boot.job / "runs" / number,
                               {.setting = trial.setting, .image = image_, .host = trial.change.host});
            of_this.push_back({trial, boot.results / number});
        }
        if (of_this.empty())
            continue;
        boot.limit = limit_of_a_run * static_cast<int>(of_this.size() + 1);
        const auto log = stages_.log_of(fmt::format("sweep {} {}", boots_, name_of(isa)));
        stage.commands.push_back({.words = lab::words_of(boot, places_), .output = log, .errors = {}});
        stage.news.insert(stage.news.end(), {log, boot.results / "l1.log"});
        runs.insert(runs.end(), of_this.begin(), of_this.end());
        by_boot.push_back(std::move(of_this));
    }
    const auto all = runs.size();
    stage.tell = [this, &runs, all] { return tell(runs, all); };
    (void)stages_.run(stage);
    bool came_to_something = true;
    for (std::size_t i = 0; i < by_boot.size(); ++i) {
        refuse_unmeasured(by_boot[i]);
        if (std::ranges::any_of(by_boot[i], [this](const Run& run) {
                return folder_.is_done(run.trial.change.name, run.trial.setting);
            }))
            continue;
        fmt::print(stderr, "{}\nexitscope: not one run was done\n",
                   stages::last_lines(stage.commands[i].output, 5));
        came_to_something = false;
    }
    return came_to_something;
}

bool SweepBoots::measure(std::vector<Trial> trials) {
    for (;;) {
        std::erase_if(
            trials, [this](const Trial& trial) { return folder_.is_done(trial.change.name, trial.setting); });
        if (trials.empty())
            return true;
        if (!boot_once(trials))
            return false;
    }
}

}  // namespace exitscope::command::sweep
