// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// KVM's modules as the kernel has them loaded, from /sys/module.

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace exitscope::command::host_kvm {

/// In the order of loading.
inline constexpr std::array<std::string_view, 3> kvm_modules{"kvm", "kvm_intel", "kvm_amd"};

/// A module that is built in has a folder there too, but no state.
[[nodiscard]] bool is_loaded(const std::filesystem::path& sys, std::string_view module);

/// The first of KVM's modules that is built into the kernel; nothing where none is.
[[nodiscard]] std::optional<std::string_view> built_in_module(const std::filesystem::path& sys);

/// Those of KVM's modules that are there, loaded or built in, in the order of loading.
[[nodiscard]] std::vector<std::string_view> present_modules(const std::filesystem::path& sys);

/// Vendor modules of KVM that are there and are neither for VMX nor for SVM, such as kvm_pvm; sorted.
[[nodiscard]] std::vector<std::string> other_vendor_modules(const std::filesystem::path& sys);

/// Those of KVM's modules that are loaded, in the order of loading.
[[nodiscard]] std::vector<std::string_view> loaded_modules(const std::filesystem::path& sys);

/// The bytes that name the build of a loaded module; empty where the kernel has none.
[[nodiscard]] std::string build_id(const std::filesystem::path& sys, std::string_view module);

/// The same as hexadecimal digits.
[[nodiscard]] std::string build_id_digits(const std::filesystem::path& sys, std::string_view module);

/// The sum over the module's source; nothing where the kernel has none, as Debian's.
[[nodiscard]] std::optional<std::string> srcversion(const std::filesystem::path& sys,
                                                    std::string_view module);

/// Why the kernel takes signed modules only; empty where it takes others.
[[nodiscard]] std::string why_signed_only(const std::filesystem::path& sys);

}  // namespace exitscope::command::host_kvm
