// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

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
    std::string modules;
    std::string source;
    std::string previous;
    bool restore = false;
    bool status = false;
};

/// Throws CLI's errors for what does not go together.
int run(const LoadKvmOptions& options) {
    const bool loads = !options.ept.empty() || !options.npt.empty();
    if (!options.ept.empty() && !options.npt.empty())
        throw CLI::ValidationError("--ept, --npt", "give one of --ept on|off, --npt on|off");
    if (static_cast<int>(loads) + static_cast<int>(options.restore) + static_cast<int>(options.status) > 1)
        throw CLI::ValidationError(options.restore ? "--restore" : "--status", "goes with nothing else");
    if (options.restore)
        return load_kvm::restore();
    if (options.status)
        return load_kvm::show();
    if (!loads)
        throw CLI::RequiredError("one of --ept, --npt, --restore and --status");
    const auto setting = options.ept.empty() ? (options.npt == "on" ? "npt=1" : "npt=0")
                                             : (options.ept == "on" ? "ept=1" : "ept=0");
    return load_kvm::load({.setting = *evidence::find_setting(setting),
                           .exit_counters = options.exit_counters,
                           .cycles = !options.no_cycles,
                           .modules = options.modules,
                           .source = options.source,
                           .previous = options.previous});
}

}  // namespace

void add_load_kvm_command(CLI::App& app, int& exit_code) {
    auto options = std::make_shared<LoadKvmOptions>();
    auto* const command = app.add_subcommand(
        "load-kvm", "Put the counting KVM in the place of this host's, until it is asked to go back");
    const CLI::IsMember on_or_off{std::vector<std::string>{"on", "off"}};
    command->add_option("--ept", options->ept, "on or off: load for a host with Intel VMX")->check(on_or_off);
    command->add_option("--npt", options->npt, "on or off: load for a host with AMD SVM")->check(on_or_off);
    command
        ->add_option("--exit-counters", options->exit_counters,
                     "Who may read: 1 guest CPL 0 only (default), 2 any CPL")
        ->check(CLI::Range(1, 2));
    command->add_flag("--no-cycles", options->no_cycles, "Count exits only, measure no time");
    command
        ->add_option("--modules", options->modules,
                     "Load kvm.ko and kvm-intel.ko or kvm-amd.ko of this folder (default: build them for the "
                     "running kernel)")
        ->check(CLI::ExistingDirectory);
    command->add_option("--source", options->source,
                        "The kernel's source for the build; see scripts/build-kvm --help");
    command
        ->add_option("--previous", options->previous,
                     "Where the modules loaded now came from, if modprobe would load others")
        ->check(CLI::ExistingDirectory);
    command->add_flag("--restore", options->restore, "Put back what was loaded before the first load-kvm");
    command->add_flag("--status", options->status, "Print what is in force and what --restore would do");
    command->footer(
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
    command->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace exitscope::command::commands
