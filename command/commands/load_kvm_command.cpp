// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <memory>

#include "commands/commands.h"
#include "load_kvm/load.h"

namespace exitscope::command::commands {

namespace {

struct LoadKvmOptions {
    std::string ept;
    std::string npt;
    int exit_counters = 1;
    bool no_cycles = false;
    bool own = false;
    std::string modules;
    std::string source;
    std::string previous;
    bool restore = false;
    bool status = false;
};

int run(const LoadKvmOptions& options) {
    const bool loads = !options.ept.empty() || !options.npt.empty();
    if (!options.ept.empty() && !options.npt.empty())
        throw usage::WrongUsage("--ept, --npt: give one of --ept on|off, --npt on|off");
    if (static_cast<int>(loads) + static_cast<int>(options.restore) + static_cast<int>(options.status) > 1)
        throw usage::WrongUsage(
            fmt::format("{}: goes with nothing else", options.restore ? "--restore" : "--status"));
    if (options.restore)
        return load_kvm::restore();
    if (options.status)
        return load_kvm::show();
    if (!loads)
        throw usage::WrongUsage("one of --ept, --npt, --restore and --status is required");
    const auto setting = options.ept.empty() ? (options.npt == "on" ? "npt=1" : "npt=0")
                                             : (options.ept == "on" ? "ept=1" : "ept=0");
    return load_kvm::load({.setting = *evidence::find_setting(setting),
                           .own = options.own,
                           .exit_counters = options.exit_counters,
                           .cycles = !options.no_cycles,
                           .modules = options.modules,
                           .source = options.source,
                           .previous = options.previous});
}

}  // namespace

void add_load_kvm_command(usage::CommandLine& line) {
    auto options = std::make_shared<LoadKvmOptions>();
    const auto command = line.add(
        "load-kvm", "Put the counting KVM in the place of this host's, until it is asked to go back");
    command.option("--ept", options->ept, "on or off: load for a host with Intel VMX").one_of({"on", "off"});
    command.option("--npt", options->npt, "on or off: load for a host with AMD SVM").one_of({"on", "off"});
    const auto exit_counters = command
                                   .option("--exit-counters", options->exit_counters,
                                           "Who may read: 1 guest CPL 0 only (default), 2 any CPL")
                                   .between(1, 2);
    const auto no_cycles =
        command.flag("--no-cycles", options->no_cycles, "Count exits only, measure no time");
    const auto modules = command
                             .option("--modules", options->modules,
                                     "Load kvm.ko and kvm-intel.ko or kvm-amd.ko of this folder (default: "
                                     "build them for the running "
                                     "kernel)")
                             .existing_folder();
    const auto source = command
                            .option("--source", options->source,
                                    "The kernel's source for the build; see scripts/build-kvm --help")
                            .existing_path()
                            .excludes(modules);
    const auto own = command
                         .flag("--own", options->own,
                               "Load this host's own modules again, with their parameters but the one asked "
                               "for; they count nothing")
                         .excludes(exit_counters)
                         .excludes(no_cycles)
                         .excludes(modules)
                         .excludes(source);
    const auto previous = command
                              .option("--previous", options->previous,
                                      "Where the modules loaded now came from, if modprobe would load others")
                              .existing_folder();
    const auto restore =
        command.flag("--restore", options->restore, "Put back what was loaded before the first load-kvm");
    const auto status =
        command.flag("--status", options->status, "Print what is in force and what --restore would do");
    for (const auto& of_loading : {exit_counters, no_cycles, own, modules, source, previous}) {
        restore.excludes(of_loading);
        status.excludes(of_loading);
    }
    command.footer(
        "Loads KVM with the exit counters in the place of this host's KVM, as root and while nothing uses "
        "it.\n"
        "Which modules were loaded, with which parameter values, is kept in /run/exitscope; on any error, "
        "on\n"
        "Ctrl-C and with --restore they come back. Nothing is installed: a reboot brings them back too.\n"
        "Exit codes: 0 done, 1 failed and KVM is as it was, 2 wrong usage, 3 refused (KVM in use, other "
        "vendor,\n"
        "signed modules only, built in; nothing was changed), 4 failed and KVM is NOT as it was (the "
        "message\n"
        "says what to type), 69 something is missing (root, headers, source; nothing was changed), 129, 130 "
        "or\n"
        "143 ended by HUP, INT or TERM and KVM is as it was.");
    command.action([options] { return run(*options); });
}

}  // namespace exitscope::command::commands
