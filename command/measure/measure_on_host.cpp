// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <string>

#include "host_kvm/host_state.h"
#include "measure/measured.h"

namespace exitscope::command::measure {

namespace {

std::vector<std::string> load_words(const RunRequest& request, const evidence::Setting& setting,
                                    const stages::RunPlaces& places) {
    std::vector<std::string> words{places.root / "scripts" / "load-kvm",
                                   fmt::format("--{}", setting.parameter),
                                   setting.paging == model::Paging::two_dimensional ? "on" : "off",
                                   "--exit-counters", std::to_string(request.exit_counters)};
    if (!request.modules.empty())
        words.insert(words.end(), {"--modules", request.modules});
    if (!request.source.empty())
        words.insert(words.end(), {"--source", request.source});
    return words;
}

std::vector<std::string> qemu_words(const RunRequest& request, const lab::Image& image,
                                    const std::filesystem::path& run) {
    std::vector<std::string> words{"qemu-system-x86_64",
                                   "-accel",
                                   "kvm",
                                   "-cpu",
                                   "max",
                                   "-machine",
                                   "pc",
                                   "-m",
                                   "128M",
                                   "-smp",
                                   std::to_string(request.vcpus),
                                   "-nodefaults",
                                   "-no-user-config",
                                   "-display",
                                   "none",
                                   "-vga",
                                   "none",
                                   "-no-reboot",
                                   "-chardev",
                                   fmt::format("file,id=serial,mux=on,path={}", (run / "serial").string()),
                                   "-serial",
                                   "chardev:serial",
                                   "-device",
                                   "isa-debug-exit,iobase=0xf4,iosize=0x4",
                                   "-kernel",
                                   image.kernel,
                                   "-append",
                                   image.append};
    if (image.virtio_console)
        words.insert(words.end(), {"-device", "virtio-serial-pci,ioeventfd=off,vectors=0", "-device",
                                   "virtconsole,chardev=serial"});
    if (!image.initrd.empty())
        words.insert(words.end(), {"-initrd", image.initrd});
    words.insert(words.end(), image.qemu_arguments.begin(), image.qemu_arguments.end());
    return words;
}

MeasuredRun run_image(const RunRequest& request, const lab::Image& image, const evidence::Setting& setting,
                      int repetition, const stages::RunPlaces& places, stages::Stages& stages) {
    const auto name = result_name(setting.name, repetition);
    MeasuredRun run{.setting = setting, .repetition = repetition, .folder = places.work / name};
    std::filesystem::create_directories(run.folder);
    stages.require({.name = "evidence of " + name,
                    .commands = {{.words = {places.root / "lab" / "describe-kvm"},
                                  .output = run.folder / "l1.json",
                                  .errors = stages.log_of("evidence of " + name),
                                  .environment = {fmt::format("SETTING_REQUESTED={}", setting.name)}}},
                    .quiet = true});
    run.qemu_status = stages
                          .run({.name = name + " on this host",
                                .commands = {{.words = qemu_words(request, image, run.folder),
                                              .output = run.folder / "qemu.log",
                                              .errors = {}}},
                                .extent = image.append,
                                .news = {run.folder / "serial"},
                                .limit = image.limit})
                          .front();
    return run;
}

void put_back(const stages::RunPlaces& places, stages::Stages& stages) {
    std::error_code error;
    if (!std::filesystem::exists(host_kvm::host_folders().state / "kvm", error))
        return;
    stages.be_undisturbed();
    try {
        (void)stages.output_of("put this host's KVM back",
                               {places.root / "scripts" / "load-kvm", "--restore"});
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
    Measured measured;
    try {
        for (const auto& setting : plan.settings) {
            if (plan.load)
                (void)stages.output_of(fmt::format("load KVM with {}", setting.name),
                                       load_words(request, setting, places));
            for (int repetition = 1; repetition <= request.repeat; ++repetition)
                measured.runs.push_back(run_image(request, image, setting, repetition, places, stages));
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
