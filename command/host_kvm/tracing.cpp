// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "host_kvm/tracing.h"

#include <fmt/format.h>

#include <fstream>

#include "host_kvm/sys_file.h"

namespace exitscope::command::host_kvm {

namespace {

using std::filesystem::path;

/// What the events of KVM's modules are sorted under.
constexpr const char* event_systems[]{"kvm", "kvmmmu"};

/// tracefs has its own folder, which is empty where only debugfs is mounted.
path tracefs(const path& sys) {
    std::error_code error;
    const auto own = sys / "kernel" / "tracing";
    return std::filesystem::exists(own / "events", error) ? own : sys / "kernel" / "debug" / "tracing";
}

/// `kvm_entry, kvm_exit, kvm_mmio and 94 more`
std::string some_of(const std::vector<std::string>& names) {
    constexpr std::size_t most = 3;
    std::string text;
    for (std::size_t i = 0; i < names.size() && i < most; ++i)
        text += (i == 0 ? "" : ", ") + names[i];
    return names.size() > most ? fmt::format("{} and {} more", text, names.size() - most) : text;
}

void add_session(const path& folder, const std::string& instance, std::vector<KvmTracing>& found) {
    const auto of_instance = instance.empty() ? std::string{} : fmt::format(" (instance {})", instance);
    for (const auto* const system : event_systems) {
        std::vector<std::string> enabled;
        std::vector<std::string> triggered;
        for (const auto& event : entries_of(folder / "events" / system)) {
            // `1*` and `0*` are for a trigger, on this event or enabling this one.
            const auto state = first_line(event / "enable").value_or("0");
            if (state.find('*') != std::string::npos)
                triggered.push_back(event.filename().string());
            else if (state != "0")
                enabled.push_back(event.filename().string());
        }
        if (!enabled.empty())
            found.push_back({.name = fmt::format("a tracing session{} has {} events enabled ({})",
                                                 of_instance, system, some_of(enabled)),
                             .remedy = fmt::format("end it, or: echo 0 > {}",
                                                   (folder / "events" / system / "enable").string())});
        if (!triggered.empty())
            found.push_back({.name = fmt::format("a tracing trigger{} uses {} events ({})", of_instance,
                                                 system, some_of(triggered)),
                             .remedy = fmt::format("find and remove it: grep -rv '^#' --include=trigger {}",
                                                   (folder / "events").string()),
                             .holds_module = true});
    }
}

}  // namespace

std::vector<KvmTracing> tracing_of_kvm(const path& sys) {
    std::vector<KvmTracing> found;
    const auto top = tracefs(sys);
    add_session(top, {}, found);
    for (const auto& instance : entries_of(top / "instances"))
        add_session(instance, instance.filename().string(), found);
    return found;
}

std::vector<std::string> dynamic_events_on_kvm(const path& sys) {
    std::vector<std::string> found;
    const auto file = tracefs(sys) / "dynamic_events";
    std::ifstream stream{file};
    for (std::string line; std::getline(stream, line);) {
        if (line.find("kvm") != std::string::npos)
            found.push_back(fmt::format("the probe \"{}\" of {}", line, file.string()));
    }
    return found;
}

Tracing tracing_possible(const path& sys, const path& proc, bool is_root) {
    std::error_code error;
    if (!std::filesystem::exists(proc / "sys" / "kernel" / "unprivileged_bpf_disabled", error))
        return Tracing::no_bpf;
    const auto lockdown = first_line(sys / "kernel" / "security" / "lockdown").value_or("");
    if (lockdown.find("[confidentiality]") != std::string::npos)
        return Tracing::locked_down;
    // tracefs shows nothing to others.
    if (!is_root)
        return Tracing::for_root;
    const auto events = tracefs(sys) / "events";
    if (!std::filesystem::exists(events, error))
        return Tracing::no_tracefs;
    return std::filesystem::exists(events / "kvm" / "kvm_exit" / "format", error) ? Tracing::possible
                                                                                  : Tracing::no_kvm;
}

}  // namespace exitscope::command::host_kvm
