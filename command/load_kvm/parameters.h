// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// A module's parameters: read, compared, and given again when it is loaded.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace exitscope::command::load_kvm {

struct Parameter {
    std::string name;
    /// As /sys shows it.
    std::string value;

    bool operator==(const Parameter&) const = default;
};

using Parameters = std::vector<Parameter>;

/// Those of a loaded module that can be read, by name. A value of several lines is left out: no parameter of
/// KVM has one, and it could not be given.
[[nodiscard]] Parameters read_parameters(const std::filesystem::path& sys, std::string_view module);

/// NAME=VALUE, one a line.
[[nodiscard]] std::string text_of(const Parameters& parameters);
/// The same back; lines without a name are left out.
[[nodiscard]] Parameters parse_parameters(std::string_view text);

/// What the lines `options MODULE NAME=VALUE...` of modprobe's configuration say of a module; the last of a
/// name counts.
[[nodiscard]] Parameters configured_parameters(std::string_view configuration, std::string_view module);

/// What of `wanted` is not so now.
[[nodiscard]] Parameters differing(const Parameters& wanted, const Parameters& now);

/// What gives a module this parameter when it is loaded; nothing where that cannot be said. What /sys shows
/// is not always what a parameter takes: an unset array is empty, an unset string `(null)`, a mitigation
/// without its bug `???`.
[[nodiscard]] std::optional<std::string> argument_of(const Parameter& parameter);

/// For all that can be given.
[[nodiscard]] std::vector<std::string> arguments_of(const Parameters& parameters);

/// Whether the parameter decides what loading itself does to the host, so that another value has done harm
/// before it can be put right: `enable_virt_at_load=0` of kvm leaves the CPU to another hypervisor.
[[nodiscard]] bool acts_when_loaded(std::string_view name);

/// Whether a loaded module takes another value.
[[nodiscard]] bool is_writable(const std::filesystem::path& sys, std::string_view module,
                               std::string_view name);

/// Writes the value of a loaded module's parameter; false if that cannot be done.
[[nodiscard]] bool write_parameter(const std::filesystem::path& sys, std::string_view module,
                                   const Parameter& parameter);

}  // namespace exitscope::command::load_kvm
