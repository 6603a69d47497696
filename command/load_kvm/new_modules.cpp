// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "load_kvm/new_modules.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <ranges>
#include <sstream>

#include "host_kvm/modules.h"
#include "host_kvm/sys_file.h"
#include "load_kvm/exit.h"
#include "load_kvm/module_file.h"
#include "load_kvm/programs.h"
#include "load_kvm/refusals.h"
#include "load_kvm/remembered.h"
#include "stages/run_places.h"

namespace exitscope::command::load_kvm {

namespace {

constexpr int build_lacks_something = 69;  // of scripts/build-kvm

std::string running_release() {
    return ask_program({"uname", "-r"}).output;
}

std::filesystem::path build_modules(const std::string& release, const std::filesystem::path& source) {
    std::vector<std::string> words{stages::checkout_root() / "scripts" / "build-kvm", "--kernel-release",
                                   release};
    if (!source.empty())
        words.insert(words.end(), {"--source", source});
    const auto [status, folder] = ask_long_program(words);
    if (status != 0)
        throw Failure(status == build_lacks_something ? Exit::missing : Exit::failed,
                      "the modules could not be built; nothing was changed");
    return folder;
}

bool takes(const std::vector<std::string>& parameters, std::string_view name) {
    return std::ranges::find(parameters, name) != parameters.end();
}

[[noreturn]] void lack(const std::string& message) {
    throw Failure(Exit::missing, message);
}

void check_modules(const host_kvm::HostFolders& folders, const LoadRequest& request,
                   const NewModules& modules, const std::string& release) {
    for (const auto& file : {modules.kvm, modules.vendor}) {
        if (!field_of(file, "vermagic").starts_with(release + " "))
            lack(fmt::format("{} is no module for {}", file.string(), release));
    }
    const auto parameters = parameter_names(modules.kvm);
    if (!takes(parameters, "exit_counters"))
        lack(fmt::format("{} has no exit counters", modules.kvm.string()));
    if (!request.cycles && !takes(parameters, "exit_counters_cycles"))
        lack(fmt::format("{} cannot do without cycles", modules.kvm.string()));
    refuse_unsigned(folders, {modules.kvm, modules.vendor});
}

/// The modules that a file needs, as /sys names them.
std::vector<std::string> needs_of(const std::filesystem::path& file) {
    auto text = field_of(file, "depends");
    std::ranges::replace(text, ',', ' ');
    std::ranges::replace(text, '-', '_');
    std::istringstream words{text};
    return {std::istream_iterator<std::string>{words}, {}};
}

void load_needs(const host_kvm::HostFolders& folders, const std::filesystem::path& file) {
    for (const auto& need : needs_of(file)) {
        if (need == "kvm" || host_kvm::is_loaded(folders.sys, need))
            continue;
        Remembered{folders}.add(need);
        do_step({"modprobe", need});
    }
}

/// The parameters that act when loaded, if the new kvm takes any: as the remembered one had them, or as
/// modprobe would give them where none was loaded.
std::vector<std::string> carried_over(const host_kvm::HostFolders& folders,
                                      const std::filesystem::path& file) {
    auto taken = parameter_names(file);
    std::erase_if(taken, [](const std::string& name) { return !acts_when_loaded(name); });
    if (taken.empty())
        return {};
    auto parameters = Remembered{folders}.parameters_of("kvm");
    if (parameters.empty())
        parameters = configured_parameters(ask_program({"modprobe", "--showconfig"}).output, "kvm");
    std::erase_if(parameters, [&](const Parameter& parameter) { return !takes(taken, parameter.name); });
    return arguments_of(parameters);
}

bool is_on(const LoadRequest& request) {
    return request.setting.paging == model::Paging::two_dimensional;
}

}  // namespace

NewModules find_new_modules(const host_kvm::HostFolders& folders, const LoadRequest& request) {
    const auto release = running_release();
    const auto folder = request.modules.empty() ? build_modules(release, request.source) : request.modules;
    const NewModules modules{.kvm = folder / file_name_of("kvm"),
                             .vendor = folder / file_name_of(request.setting.module)};
    check_modules(folders, request, modules, release);
    return modules;
}

void unload_modules(const host_kvm::HostFolders& folders) {
    const auto loaded = host_kvm::loaded_modules(folders.sys);
    for (const auto module : loaded | std::views::reverse)
        do_step({"rmmod", std::string{module}});
}

void load_needs(const host_kvm::HostFolders& folders, const NewModules& modules) {
    load_needs(folders, modules.kvm);
    load_needs(folders, modules.vendor);
}

void replace_modules(const host_kvm::HostFolders& folders, const LoadRequest& request,
                     const NewModules& modules) {
    unload_modules(folders);
    load_needs(folders, modules);
    std::vector<std::string> words{"insmod", modules.kvm,
                                   fmt::format("exit_counters={}", request.exit_counters)};
    if (!request.cycles)
        words.emplace_back("exit_counters_cycles=0");
    std::ranges::move(carried_over(folders, modules.kvm), std::back_inserter(words));
    do_step(words);
    // APICv and AVIC off: the counts that exitscope expects hold without them.
    const bool is_intel = request.setting.isa == model::InstructionSet::vmx;
    do_step({"insmod", modules.vendor, fmt::format("{}={:d}", request.setting.parameter, is_on(request)),
             is_intel ? "enable_apicv=0" : "avic=0"});
}

void check_in_force(const host_kvm::HostFolders& folders, const LoadRequest& request,
                    const NewModules& modules) {
    const auto fail = [](const std::string& message) { throw Failure(Exit::failed, message); };
    const auto& setting = request.setting;
    const auto value = [&](std::string_view module, std::string_view parameter) {
        return host_kvm::first_line(folders.sys / "module" / module / "parameters" / parameter);
    };
    const std::string expected = is_on(request) ? "Y" : "N";
    if (value(setting.module, setting.parameter) != expected)
        fail(fmt::format("{} was loaded, but without the {}={} asked for: does this CPU have it?",
                         setting.module, setting.parameter, expected));
    if (request.own)
        return;
    if (value("kvm", "exit_counters") != std::to_string(request.exit_counters))
        fail("kvm was loaded, but does not say the exit_counters asked for");
    if (!is_file_of(folders.sys, "kvm", modules.kvm) ||
        !is_file_of(folders.sys, setting.module, modules.vendor))
        fail("other modules than those asked for are loaded");
}

}  // namespace exitscope::command::load_kvm
