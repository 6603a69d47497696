// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/core.h>

#include <sstream>
#include <string>

#include "host_kvm/host_state.h"
#include "measure/measured.h"
#include "measure/witnessed_run.h"
#include "stages/guard.h"
#include "text/file.h"

namespace exitscope::command::measure {

namespace {

/// This command itself, even if its file has been replaced meanwhile.
constexpr const char* own_program = "/proc/self/exe";

/// Did exitscope-trace end with this code before it became QEMU? It could not trace, or found no QEMU.
bool did_not_start(int code) {
    return code == 69 || code == 126 || code == 127;
}

/// By a process of its own: it has a log, can be watched, and puts this host's KVM back by itself if it does
/// not come to its end.
std::vector<std::string> load_words(const RunRequest& request, const Plan& plan,
                                    const evidence::Setting& setting) {
    std::vector<std::string> words{own_program, "load-kvm", fmt::format("--{}", setting.parameter),
                                   setting.paging == model::Paging::two_dimensional ? "on" : "off"};
    if (plan.outside) {
        words.emplace_back("--own");
        return words;
    }
    words.insert(words.end(), {"--exit-counters", std::to_string(request.exit_counters)});
    if (!request.modules.empty())
        words.insert(words.end(), {"--modules", request.modules});
    if (!request.source.empty())
        words.insert(words.end(), {"--source", request.source});
    return words;
}

/// QEMU and its arguments, as lab/qemu-arguments has them for all that is measured.
std::vector<std::string> qemu_words(const RunRequest& request, const lab::Image& image,
                                    const std::filesystem::path& run, const stages::RunPlaces& places,
                                    stages::Stages& stages) {
    std::vector<std::string> ask{places.root / "lab" / "qemu-arguments",
                                 "accelerator=kvm",
                                 fmt::format("vcpus={}", request.vcpus),
                                 fmt::format("serial={}", (run / "serial").string()),
                                 fmt::format("kernel={}", (run / "guest").string()),
                                 fmt::format("append={}", image.append)};
    if (image.virtio_console)
        ask.emplace_back("virtio-console=yes");
    if (!image.initrd.empty())
        ask.push_back(fmt::format("initrd={}", image.initrd.string()));
    const auto output = run / "qemu-arguments";
    const std::string step = "QEMU's arguments";
    stages.require({.name = step,
                    .commands = {{.words = ask, .output = output, .errors = stages.log_of(step)}},
                    .quiet = true});

    std::vector<std::string> words;
    if (!image.tracer.empty())
        words = {image.tracer, "--marks", run / "marks.jsonl", "--windows", run / "windows", "--"};
    words.emplace_back("qemu-system-x86_64");
    std::istringstream lines{text::read_file(output)};
    for (std::string line; std::getline(lines, line);)
        words.push_back(line);
    words.insert(words.end(), image.qemu_arguments.begin(), image.qemu_arguments.end());
    return words;
}

/// Boots the image, and waits until all is written that came of it: `what` is its stage's name.
void boot_image(const RunRequest& request, const lab::Image& image, const std::string& what, MeasuredRun& run,
                const stages::RunPlaces& places, stages::Stages& stages) {
    run.qemu_status = stages
                          .run({.name = what,
                                .commands = {{.words = qemu_words(request, image, run.folder, places, stages),
                                              .output = run.folder / "qemu.log",
                                              .errors = {}}},
                                .extent = image.append,
                                .news = {run.folder / "serial"},
                                .limit = image.limit})
                          .front();
    if (image.tracer.empty())
        return;
    if (did_not_start(run.qemu_status))
        throw text::InputError(text::read_file(run.folder / "qemu.log"));
    wait_for_marks(run);
}

MeasuredRun run_image(const RunRequest& request, lab::Image image, const evidence::Setting& setting,
                      int repetition, const stages::RunPlaces& places, stages::Stages& stages) {
    const auto name = result_name(setting.name, repetition);
    MeasuredRun run{.setting = setting, .repetition = repetition, .folder = places.work / name};
    text::write_file(run.folder / "serial", "");  // a QEMU that does not come so far makes none
    // QEMU puts its path before the guest kernel's words, where a blank in the file's own name would look
    // like one of them.
    std::filesystem::create_symlink(image.kernel, run.folder / "guest");
    stages.require({.name = "evidence of " + name,
                    .commands = {{.words = {places.root / "lab" / "describe-kvm"},
                                  .output = run.folder / "l1.json",
                                  .errors = stages.log_of("evidence of " + name),
                                  .environment = {fmt::format("SETTING_REQUESTED={}", setting.name)}}},
                    .quiet = true});
    if (image.told) {
        boot_image(request, image, "what " + name + " costs by itself", run, places, stages);
        // As it was written: all on one line, with a blank or two at its ends.
        std::istringstream told{text::read_file(run.folder / "windows")};
        std::string windows;
        told >> windows;
        if (windows.empty())
            return run;
        image.append += fmt::format(" told={}", windows);
    }
    boot_image(request, image, name + " on this host", run, places, stages);
    return run;
}

void put_back(const stages::RunPlaces& places, stages::Stages& stages) {
    std::error_code error;
    if (!std::filesystem::exists(host_kvm::host_folders().state / "kvm", error))
        return;
    stages.be_undisturbed();
    try {
        (void)stages.output_of("put this host's KVM back", {own_program, "load-kvm", "--restore"});
    } catch (const stages::StageFailed&) {
        fmt::print(
            stderr,
            "exitscope: this host's KVM is not as it was; end what uses KVM, then type\n  {} --restore\n",
            (places.root / "scripts" / "load-kvm").string());
        throw;
    }
}

}  // namespace

Measured measure_on_host(const RunRequest& request, const lab::Image& image, const Plan& plan,
                         const stages::RunPlaces& places, stages::Stages& stages) {
    if (!image.build.empty())
        (void)stages.output_of("guest kernel", image.build);
    Measured measured;
    bool is_changed = false;
    if (plan.load)
        stages::Guard::when_killed({"load-kvm", "--restore"});
    try {
        for (const auto& setting : plan.settings) {
            const bool is_in_force = plan.in_force && plan.in_force->name == setting.name;
            if (plan.load && (!is_in_force || is_changed))
                (void)stages.output_of(fmt::format("load KVM with {}", setting.name),
                                       load_words(request, plan, setting));
            is_changed = is_changed || !is_in_force;
            const auto booted = plan.outside ? counted_outside(image, setting) : image;
            for (int repetition = 1; repetition <= request.repeat; ++repetition)
                measured.runs.push_back(run_image(request, booted, setting, repetition, places, stages));
        }
    } catch (...) {
        if (plan.load)
            put_back(places, stages);
        throw;
    }
    if (plan.load)
        put_back(places, stages);
    return measured;
}

}  // namespace exitscope::command::measure
