// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <string>

#include "run/host_state.h"
#include "run/measured.h"

namespace exitscope {

namespace {

constexpr std::chrono::seconds longest_run{300};

std::vector<std::string> load_words(const RunRequest& request, const Setting& setting,
                                    const RunPlaces& places) {
    std::vector<std::string> words{places.root / "scripts" / "load-kvm",
                                   fmt::format("--{}", setting.parameter),
                                   setting.paging == Paging::two_dimensional ? "on" : "off"};
    if (!request.modules.empty())
        words.insert(words.end(), {"--modules", request.modules});
    if (!request.source.empty())
        words.insert(words.end(), {"--source", request.source});
    return words;
}

/// A line costs the virtio console one exit; the serial port takes one a byte. Both write to one file.
std::vector<std::string> qemu_words(const RunRequest& request, const RunPlaces& places,
                                    const std::filesystem::path& run) {
    return {"qemu-system-x86_64",
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
            "virtio-serial-pci,ioeventfd=off,vectors=0",
            "-device",
            "virtconsole,chardev=serial",
            "-device",
            "isa-debug-exit,iobase=0xf4,iosize=0x4",
            "-kernel",
            places.guest,
            "-append",
            guest_command_line(request)};
}

MeasuredRun run_guest(const RunRequest& request, const Setting& setting, int repetition,
                      const RunPlaces& places, Stages& stages) {
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
                                .commands = {{.words = qemu_words(request, places, run.folder),
                                              .output = run.folder / "qemu.log",
                                              .errors = {}}},
                                .extent = guest_command_line(request),
                                .news = {run.folder / "serial"},
                                .limit = longest_run})
                          .front();
    return run;
}

void put_back(const RunPlaces& places, Stages& stages) {
    std::error_code error;
    if (!std::filesystem::exists(host_folders().state / "kvm", error))
        return;
    stages.be_undisturbed();
    try {
        (void)stages.output_of("put this host's KVM back",
                               {places.root / "scripts" / "load-kvm", "--restore"});
    } catch (const StageFailed&) {
        fmt::print(
            stderr,
            "exitscope: this host's KVM is not as it was; end what uses KVM, then type\n  {} --restore\n",
            (places.root / "scripts" / "load-kvm").string());
        throw;
    }
}

}  // namespace

Measured measure_on_host(const RunRequest& request, const Plan& plan, const RunPlaces& places,
                         Stages& stages) {
    Measured measured;
    try {
        for (const auto& setting : plan.settings) {
            if (plan.load)
                (void)stages.output_of(fmt::format("load KVM with {}", setting.name),
                                       load_words(request, setting, places));
            for (int repetition = 1; repetition <= request.repeat; ++repetition)
                measured.runs.push_back(run_guest(request, setting, repetition, places, stages));
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

}  // namespace exitscope
