// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "sweep/change.h"

#include <fmt/core.h>

#include <algorithm>

namespace exitscope::command::sweep {

namespace {

bool is_number(std::string_view value) {
    if (value.starts_with('-'))
        value.remove_prefix(1);
    return !value.empty() && value.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Those of the patched KVM (kvm-patch/README.md).
bool is_ours(std::string_view parameter) {
    return parameter.starts_with("exit_counters");
}

}  // namespace

std::string other_value(const std::string& value) {
    if (value == "Y")
        return "N";
    if (value == "N")
        return "Y";
    if (!is_number(value))
        return {};
    return value.find_first_not_of("-0") == std::string::npos ? "1" : "0";
}

std::vector<Change> parameter_changes(const evidence::HostEvidence& host) {
    std::vector<Change> changes;
    for (const auto& [module, parameters] : host.parameters) {
        for (const auto& [parameter, value] : parameters) {
            const auto other = other_value(value);
            if (other.empty() || is_ours(parameter) || parameter == host.parameter())
                continue;
            const auto words = fmt::format("{}={}", parameter, other);
            Change change{.name = fmt::format("{}.{}", module, words),
                          .usual = value,
                          .module = module,
                          .parameter = parameter};
            (module == host.module ? change.host.vendor_parameters : change.host.kvm_parameters) = words;
            changes.push_back(std::move(change));
        }
    }
    return changes;
}

bool took_place(const Change& change, const evidence::HostEvidence& host) {
    const auto module = host.parameters.find(change.module);
    if (module == host.parameters.end())
        return true;
    const auto parameter = module->second.find(change.parameter);
    return parameter == module->second.end() || parameter->second != change.usual;
}

std::vector<Change> machine_changes() {
    std::vector<Change> changes;
    for (const auto* const irqchip : {"split", "off"})
        changes.push_back({.name = fmt::format("kernel-irqchip={}", irqchip),
                           .usual = "on",
                           .host = {.machine = fmt::format("pc,kernel-irqchip={}", irqchip)}});
    for (const auto* const feature : {"x2apic", "tsc-deadline", "pcid", "invpcid", "arat", "kvm"})
        changes.push_back(
            {.name = fmt::format("cpu=-{}", feature), .host = {.cpu = fmt::format("max,{}=off", feature)}});
    changes.push_back(
        {.name = "cpu-pm=on", .usual = "off", .host = {.qemu_arguments = {"-overcommit", "cpu-pm=on"}}});
    changes.push_back({.name = "huge-pages=always", .usual = "never", .host = {.huge_pages = "always"}});
    return changes;
}

}  // namespace exitscope::command::sweep
