// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "load_kvm/own_modules.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "load_kvm/exit.h"
#include "load_kvm/insert.h"
#include "load_kvm/module_file.h"
#include "load_kvm/programs.h"
#include "load_kvm/remembered.h"

namespace exitscope::command::load_kvm {

namespace {

/// What needs EPT: vmx.c's hardware_setup() switches it off without; what needs NPT: svm.c's. And kvm's TDP
/// MMU.
constexpr std::array<std::string_view, 8> off_without_two_dimensional_paging{
    "unrestricted_guest", "eptad", "pml", "tdp_mmu", "vls", "sev", "sev_es", "sev_snp"};

bool is_remembered(const Remembered& remembered, std::string_view module) {
    const auto modules = remembered.modules();
    return std::ranges::find(modules, module) != modules.end();
}

std::filesystem::path own_file(const host_kvm::HostFolders& folders, const LoadRequest& request,
                               std::string_view module) {
    const Remembered remembered{folders};
    if (is_remembered(remembered, module))
        return remembered.file_of(module);
    const auto origin = origin_of(module, request.previous);
    if (!origin)
        throw Failure(Exit::missing, fmt::format("this host has no file of {}", module));
    return *origin;
}

Parameters had_by(const host_kvm::HostFolders& folders, std::string_view module) {
    const Remembered remembered{folders};
    if (is_remembered(remembered, module))
        return remembered.parameters_of(module);
    return configured_parameters(ask_program({"modprobe", "--showconfig"}).output, module);
}

void insert(const host_kvm::HostFolders& folders, const LoadRequest& request, std::string_view module,
            const std::filesystem::path& file) {
    if (!insert_with_all_but_one(file, parameters_for(request.setting, module, had_by(folders, module))))
        throw Failure(Exit::failed, fmt::format("{} did not load with the parameters it had", module));
    stop_if_interrupted();
}

}  // namespace

NewModules find_own_modules(const host_kvm::HostFolders& folders, const LoadRequest& request) {
    return {.kvm = own_file(folders, request, "kvm"),
            .vendor = own_file(folders, request, request.setting.module)};
}

Parameters parameters_for(const evidence::Setting& setting, std::string_view module, Parameters had) {
    const bool is_asked_on = setting.paging == model::Paging::two_dimensional;
    if (is_asked_on)
        std::erase_if(had, [](const Parameter& parameter) {
            return std::ranges::find(off_without_two_dimensional_paging, parameter.name) !=
                       off_without_two_dimensional_paging.end() &&
                   (parameter.value == "N" || parameter.value == "0");
        });
    if (module == setting.module) {
        std::erase_if(had, [&](const Parameter& parameter) { return parameter.name == setting.parameter; });
        had.push_back({std::string{setting.parameter}, is_asked_on ? "1" : "0"});
    }
    return had;
}

void replace_with_own(const host_kvm::HostFolders& folders, const LoadRequest& request,
                      const NewModules& modules) {
    unload_modules(folders);
    load_needs(folders, modules);
    insert(folders, request, "kvm", modules.kvm);
    insert(folders, request, request.setting.module, modules.vendor);
}

}  // namespace exitscope::command::load_kvm
