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

/// What KVM itself changes where it has no EPT (vmx.c, hardware_setup()), no NPT (svm.c's, sev.c's and
/// avic.c's), or neither (mmu.c, kvm_configure_mmu()). All but allow_smaller_maxphyaddr are switched off.
constexpr std::array<std::string_view, 13> changed_by_shadow_paging{"unrestricted_guest",
                                                                    "eptad",
                                                                    "pml",
                                                                    "mbec",
                                                                    "pt_mode",
                                                                    "allow_smaller_maxphyaddr",
                                                                    "vls",
                                                                    "gmet",
                                                                    "avic",
                                                                    "sev",
                                                                    "sev_es",
                                                                    "sev_snp",
                                                                    "tdp_mmu"};

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
    auto had = had_by(folders, module);
    if (had_shadow_paging(request.setting, had_by(folders, request.setting.module)))
        had = without_what_shadow_paging_changed(std::move(had));
    const auto ran = insert_with_all_but_one(file, parameters_for(request.setting, module, std::move(had)));
    if (ran.status != 0)
        throw Failure(Exit::failed,
                      fmt::format("{} did not load with the parameters it had: {}", module, ran.output));
    stop_if_interrupted();
}

}  // namespace

NewModules find_own_modules(const host_kvm::HostFolders& folders, const LoadRequest& request) {
    return {.kvm = own_file(folders, request, "kvm"),
            .vendor = own_file(folders, request, request.setting.module)};
}

bool had_shadow_paging(const evidence::Setting& setting, const Parameters& of_vendor) {
    return std::ranges::any_of(of_vendor, [&](const Parameter& parameter) {
        return parameter.name == setting.parameter && (parameter.value == "N" || parameter.value == "0");
    });
}

Parameters without_what_shadow_paging_changed(Parameters had) {
    std::erase_if(had, [](const Parameter& parameter) {
        return std::ranges::find(changed_by_shadow_paging, parameter.name) != changed_by_shadow_paging.end();
    });
    return had;
}

Parameters parameters_for(const evidence::Setting& setting, std::string_view module, Parameters had) {
    if (module != setting.module)
        return had;
    std::erase_if(had, [&](const Parameter& parameter) { return parameter.name == setting.parameter; });
    had.push_back(
        {std::string{setting.parameter}, setting.paging == model::Paging::two_dimensional ? "1" : "0"});
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
