// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "doctor/examine_kernel.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace exitscope::command::doctor {

namespace {

/// Where the headers' package is no longer to be had, a later kernel's is.
std::string remedy_for_headers(const HostFacts& facts) {
    if (facts.kernel.headers_in_archive != false)
        return fmt::format("sudo apt install linux-headers-{}; or --modules with a folder of built ones",
                           facts.release);
    const auto reboot = facts.kernel.newer.empty()
                            ? std::string{"sudo apt full-upgrade, and reboot into the new kernel first"}
                            : fmt::format("reboot into the new kernel first, {}", facts.kernel.newer);
    return fmt::format("the archive no longer has them (or sudo apt update): {}", reboot);
}

void add_dkms(const HostFacts& facts, std::vector<Finding>& findings) {
    const auto& kernel = facts.kernel;
    const auto name = "exitscope-kvm/" + kernel.dkms_version;
    switch (kernel.dkms) {
        case DkmsModules::none:
            return;
        case DkmsModules::chosen:
            findings.push_back({"DKMS", State::ok, name + " is what modprobe loads"});
            return;
        case DkmsModules::gone:
            findings.push_back({"DKMS", State::warning,
                                name + " was built, but its modules are gone from updates/dkms",
                                fmt::format("sudo dkms install --force {} -k {}", name, facts.release)});
            return;
        case DkmsModules::hidden:
            findings.push_back(
                {"DKMS", State::warning,
                 name + " is there, but modprobe loads another kvm.ko: was the kernel's package installed "
                        "again?",
                 fmt::format("sudo depmod {}; then modprobe -r and modprobe kvm_intel, or kvm_amd",
                             facts.release)});
            return;
    }
}

}  // namespace

void add_kernel(const HostFacts& facts, State bad, std::vector<Finding>& findings) {
    const auto& kernel = facts.kernel;
    const auto add = [&](std::string_view item, bool is_good, std::string good, std::string text,
                         std::string remedy) {
        if (is_good)
            findings.push_back({std::string{item}, State::ok, std::move(good)});
        else
            findings.push_back({std::string{item}, bad, std::move(text), std::move(remedy)});
    };
    if (facts.state.has_series) {
        add("kernel headers", facts.headers, "of " + facts.release, "none of " + facts.release,
            remedy_for_headers(facts));
        add("kernel source", kernel.source, "of Linux " + kernel.version,
            fmt::format("that of Linux {} is not here", kernel.version),
            fmt::format("sudo apt install linux-source-{0}; or scripts/kernel-source {0}", kernel.version));
        add("compiler", kernel.missing_tools.empty(), "there",
            fmt::format("{} {} not there", fmt::join(kernel.missing_tools, ", "),
                        kernel.missing_tools.size() == 1 ? "is" : "are"),
            "sudo apt install build-essential; or --modules with a folder of built ones");
    } else {
        findings.push_back({"series", State::note, fmt::format("none for Linux {}", kernel.version),
                            "`run --on host` counts from outside; CONTRIBUTING.md says how to add one, "
                            "kvm-patch/ which there are"});
    }
    add_dkms(facts, findings);
}

}  // namespace exitscope::command::doctor
