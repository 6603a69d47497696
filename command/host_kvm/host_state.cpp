// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "host_kvm/host_state.h"

#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>

#include "host_kvm/sys_file.h"
#include "text/number.h"

namespace exitscope::command::host_kvm {

namespace {

std::filesystem::path folder(const char* variable, const char* otherwise) {
    const char* const value = std::getenv(variable);
    return value != nullptr && *value != '\0' ? value : otherwise;
}

model::InstructionSet cpu_isa(const std::filesystem::path& cpuinfo) {
    std::ifstream stream{cpuinfo};
    for (std::string line; std::getline(stream, line);) {
        if (!line.starts_with("flags"))
            continue;
        std::istringstream words{line};
        for (std::string word; words >> word;) {
            if (const auto isa = model::parse_isa(word); isa && *isa != model::InstructionSet::unknown)
                return *isa;
        }
        break;
    }
    return model::InstructionSet::unknown;
}

std::optional<evidence::Setting> loaded_setting(const std::filesystem::path& modules) {
    for (const auto& setting : evidence::settings) {
        const auto value = first_line(modules / setting.module / "parameters" / setting.parameter);
        if (!value)
            continue;
        const bool on = *value == "Y" || *value == "1";
        if (on == (setting.paging == model::Paging::two_dimensional))
            return setting;
    }
    return std::nullopt;
}

/// `6.5` of `6.5.0-41-generic`.
std::string version_of(const std::string& release) {
    const auto first = release.find('.');
    const auto second =
        release.find_first_not_of("0123456789", first == std::string::npos ? first : first + 1);
    return release.substr(0, second);
}

}  // namespace

HostFolders host_folders() {
    return {
        .sys = folder("EXITSCOPE_SYS", "/sys"),
        .proc = folder("EXITSCOPE_PROC", "/proc"),
        .state = folder("EXITSCOPE_STATE", "/run/exitscope"),
        .dev = folder("EXITSCOPE_DEV", "/dev"),
    };
}

HostState read_host_state(const HostFolders& folders, const std::filesystem::path& series) {
    const auto modules = folders.sys / "module";
    HostState state{.isa = cpu_isa(folders.proc / "cpuinfo"), .loaded = loaded_setting(modules)};
    if (const auto counters = first_line(modules / "kvm" / "parameters" / "exit_counters")) {
        state.in_force = state.loaded;
        state.exit_counters = static_cast<int>(text::parse_decimal(*counters).value_or(0));
    }
    state.kvm_opens = access((folders.dev / "kvm").c_str(), R_OK | W_OK) == 0;
    std::error_code error;
    state.remembers = std::filesystem::is_directory(folders.state / "kvm", error);
    state.is_root = geteuid() == 0;
    state.release = first_line(folders.proc / "sys" / "kernel" / "osrelease").value_or("");
    state.has_series =
        series.empty() || std::filesystem::is_directory(series / version_of(state.release), error);
    return state;
}

}  // namespace exitscope::command::host_kvm
