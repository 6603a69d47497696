// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What the KVM host says about itself, collected at the time of the run (l1.json).

#include <map>
#include <string>

#include "evidence/setting.h"
#include "text/json_value.h"

namespace exitscope::command::evidence {

struct HostEvidence {
    /// The release of the host's kernel.
    std::string kernel{};
    /// `kvm_intel` or `kvm_amd`.
    std::string module{};
    /// By module, then by parameter, as /sys/module shows them.
    std::map<std::string, std::map<std::string, std::string>> parameters{};
    /// By module.
    std::map<std::string, std::string> srcversion{};
    std::string qemu{};
    std::string emulator{};
    /// The CPU's model name, as /proc/cpuinfo has it; empty where it is not known.
    std::string cpu{};
    /// What the kernel says of each vulnerability of the CPU, and of its mitigation.
    std::map<std::string, std::string> mitigations{};
    /// The commit of the checkout that measured; empty where it is not known.
    std::string revision{};
    /// What the host was asked to set up.
    std::string setting_requested{};

    /// `ept` or `npt`.
    [[nodiscard]] std::string_view parameter() const { return find_module(module)->parameter; }

    /// The value of that parameter as it stands in /sys/module.
    [[nodiscard]] const std::string& value() const;

    [[nodiscard]] model::InstructionSet isa() const { return find_module(module)->isa; }
    [[nodiscard]] model::Paging paging() const;

    /// Whether an emulator runs the host, so that its time is emulated, too.
    [[nodiscard]] bool time_is_emulated() const { return !emulator.empty(); }

    bool operator==(const HostEvidence&) const = default;
};

/// Reads l1.json. Throws InputError, which names the member that is missing or wrong.
[[nodiscard]] HostEvidence read_host_evidence(std::string_view text, std::string_view source);

/// The same from parts of a document: the evidence itself, and the versions of the software.
[[nodiscard]] HostEvidence read_host_evidence(const text::JsonValue& evidence,
                                              const text::JsonValue& provenance);

}  // namespace exitscope::command::evidence
