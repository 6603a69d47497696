// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "load_kvm/put_back.h"

#include <fmt/format.h>

#include <algorithm>
#include <ranges>

#include "host_kvm/modules.h"
#include "load_kvm/exit.h"
#include "load_kvm/insert.h"
#include "load_kvm/module_file.h"
#include "load_kvm/programs.h"
#include "load_kvm/remembered.h"

namespace exitscope::command::load_kvm {

namespace {

Parameters differing_now(const host_kvm::HostFolders& folders, const Remembered& remembered,
                         std::string_view module) {
    return differing(remembered.parameters_of(module), read_parameters(folders.sys, module));
}

/// Whether the modules that are loaded are those that were.
bool are_modules_back(const host_kvm::HostFolders& folders, const Remembered& remembered) {
    const auto modules = remembered.modules();
    return host_kvm::loaded_modules(folders.sys) == modules &&
           std::ranges::all_of(modules, [&](std::string_view module) {
               return is_file_of(folders.sys, module, remembered.file_of(module));
           });
}

/// Whether they have parameters that are wrong and that only loading sets: as after the insmod of a user.
bool need_loading_again(const host_kvm::HostFolders& folders, const Remembered& remembered) {
    return std::ranges::any_of(remembered.modules(), [&](std::string_view module) {
        return std::ranges::any_of(
            differing_now(folders, remembered, module), [&](const Parameter& parameter) {
                return argument_of(parameter) && !is_writable(folders.sys, module, parameter.name);
            });
    });
}

/// The last loaded first; false if one stays.
bool unload_kvm(const host_kvm::HostFolders& folders) {
    const auto loaded = host_kvm::loaded_modules(folders.sys);
    return std::ranges::all_of(loaded | std::views::reverse, [](std::string_view module) {
        return run_program({"rmmod", std::string{module}}) == 0;
    });
}

bool load_again(const host_kvm::HostFolders& folders, const Remembered& remembered) {
    return unload_kvm(folders) && std::ranges::all_of(remembered.modules(), [&](std::string_view module) {
               return insert_with_parameters(remembered.file_of(module), remembered.parameters_of(module));
           });
}

/// For values that were written after loading, and those that could not be given.
void write_parameters(const host_kvm::HostFolders& folders, const Remembered& remembered) {
    for (const auto module : remembered.modules()) {
        for (const auto& parameter : differing_now(folders, remembered, module)) {
            if (!is_writable(folders.sys, module, parameter.name) ||
                !write_parameter(folders.sys, module, parameter))
                say(fmt::format("warning: {}: was {}={} and cannot be set to that again", module,
                                parameter.name, parameter.value));
        }
    }
}

void remove_added(const host_kvm::HostFolders& folders, const Remembered& remembered) {
    for (const auto& module : remembered.added()) {
        if (host_kvm::is_loaded(folders.sys, module) && run_program({"rmmod", module}) != 0)
            say(fmt::format("warning: {} was not loaded before and stays", module));
    }
}

}  // namespace

bool put_back(const host_kvm::HostFolders& folders) {
    const Remembered remembered{folders};
    if (!remembered.exists())
        return true;
    try {
        if ((!are_modules_back(folders, remembered) || need_loading_again(folders, remembered)) &&
            !load_again(folders, remembered))
            return false;
        write_parameters(folders, remembered);
        remove_added(folders, remembered);
        remembered.forget();
        return true;
    } catch (const std::exception& problem) {
        say(problem.what());
        return false;
    }
}

void print_way_back(const host_kvm::HostFolders& folders) {
    say("KVM is NOT as it was. End what uses it, then: scripts/load-kvm --restore");
    say("Or by hand, as root:");
    const auto loaded = host_kvm::loaded_modules(folders.sys);
    for (const auto module : loaded | std::views::reverse)
        say(fmt::format("  rmmod {}", module));
    const Remembered remembered{folders};
    for (const auto module : remembered.modules()) {
        auto line = fmt::format("  insmod {}", remembered.file_of(module).string());
        for (const auto& argument : arguments_of(remembered.parameters_of(module)))
            line += " " + quoted_for_shell(argument);
        say(line);
    }
    say("Or boot anew: nothing was changed on disk.");
}

}  // namespace exitscope::command::load_kvm
