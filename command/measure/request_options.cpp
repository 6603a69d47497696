// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "measure/request_options.h"

#include <algorithm>

#include "lab/kernel_option.h"

namespace exitscope::command::measure {

namespace {

constexpr int most_repetitions = 1000;

}  // namespace

RunRequest RequestOptions::asked() const {
    auto asked = request;
    if (!place.empty())
        asked.place = place == "host" ? Place::host : Place::lab;
    for (const auto& name : settings) {
        if (std::ranges::find(asked.settings, name, &evidence::Setting::name) == asked.settings.end())
            asked.settings.push_back(*evidence::find_setting(name));
    }
    if (!counters.empty())
        asked.counters = counters == "trace" ? Counters::trace : Counters::kvm;
    if (asked.witness && asked.counters == Counters::trace)
        throw usage::WrongUsage("--witness: with --counters trace there is no other count to compare with");
    if (asked.witness)
        asked.counters = Counters::kvm;
    return asked;
}

std::vector<std::string> setting_names() {
    std::vector<std::string> names;
    for (const auto& setting : evidence::settings)
        names.emplace_back(setting.name);
    return names;
}

usage::Option add_request_options(const usage::Command& command, RequestOptions& options) {
    auto& request = options.request;
    command
        .option(
            "--setting", options.settings,
            "ept=1, ept=0 (Intel VMX), npt=1 or npt=0 (AMD SVM); may be repeated. Default: the one in force "
            "if a KVM with exit counters is loaded here, else all four in the lab")
        .one_of(setting_names());
    command
        .option("--on", options.place,
                "host: this machine's CPU; unless the one setting asked for is in force, loads KVM with the "
                "exit counters, as root and while no VM runs, and puts back what was loaded. lab: emulated "
                "CPUs, which needs no hardware virtualization")
        .one_of({"host", "lab"});
    command
        .option(
            "--repeat", request.repeat,
            "Do each setting so often, 1 to 1000 times, and check that the reports are equal (default: 1)")
        .between(1, most_repetitions);
    command
        .option("--huge-pages", request.huge_pages,
                "In the lab: back the guest's memory with transparent huge pages always, or never (default)")
        .one_of({"always", "never"});
    lab::add_kernel_option(command, request.l1, "In the lab: the kernel under the KVM measured");
    const auto modules =
        command
            .option(
                "--modules", request.modules,
                "On this host: load kvm.ko and its vendor module from this folder instead of building them")
            .existing_folder();
    command
        .option("--source", request.source,
                "On this host: the kernel's source for that build; see "
                "scripts/build-kvm --help")
        .existing_path()
        .excludes(modules);
    command
        .option(
            "--counters", options.counters,
            "Who counts: kvm, a KVM with exit counters, or trace, a BPF program at the tracepoints of an "
            "unpatched KVM; on this host as root. Default: trace on a host whose kernel kvm-patch/ has no "
            "series for, else kvm")
        .one_of({"kvm", "trace"});
    command.option("--out", request.out, "Where SETTING.json, SETTING.ktap and logs/ go (default: results)");
    return command.flag(
        "--witness", request.witness,
        "Count the exits from outside, too, by a BPF program at KVM's tracepoints, and compare them, "
        "reason by reason; on this host as root");
}

}  // namespace exitscope::command::measure
