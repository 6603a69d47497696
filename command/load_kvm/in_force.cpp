// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "load_kvm/in_force.h"

#include <fmt/format.h>

#include <cstdio>

#include "host_kvm/modules.h"
#include "load_kvm/parameters.h"
#include "load_kvm/remembered.h"

namespace exitscope::command::load_kvm {

namespace {

bool decides_about_counts(std::string_view name) {
    return name.starts_with("exit_counters") || name == "ept" || name == "npt" || name == "nested";
}

}  // namespace

void print_in_force(const host_kvm::HostFolders& folders) {
    const auto modules = host_kvm::loaded_modules(folders.sys);
    for (const auto module : modules) {
        std::string line{module};
        line += ":";
        for (const auto& [name, value] : read_parameters(folders.sys, module)) {
            if (decides_about_counts(name))
                line += fmt::format(" {}={}", name, value);
        }
        const auto id = host_kvm::build_id_digits(folders.sys, module);
        fmt::print("{}\n  srcversion {}, build id {}\n", line,
                   host_kvm::srcversion(folders.sys, module).value_or("none"), id.empty() ? "none" : id);
    }
    if (modules.empty())
        fmt::print("no KVM is loaded\n");
    const Remembered remembered{folders};
    if (remembered.exists()) {
        std::string before;
        for (const auto module : remembered.modules())
            before += fmt::format("{}{}", before.empty() ? "" : " ", module);
        fmt::print("to go back: scripts/load-kvm --restore (was loaded: {})\n",
                   before.empty() ? "nothing" : before);
    }
    std::fflush(stdout);
}

}  // namespace exitscope::command::load_kvm
