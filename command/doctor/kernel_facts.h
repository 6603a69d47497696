// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What of this system decides whether KVM can be built for the kernel that runs, and which KVM it loads.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace exitscope::command::doctor {

/// What became of the modules that DKMS built for this kernel (docs/real-host.md).
enum class DkmsModules : std::uint8_t {
    /// DKMS built none.
    none,
    /// They are what modprobe loads.
    chosen,
    /// They were built, and are no longer where modprobe looks.
    gone,
    /// They are there, and modprobe's list names others.
    hidden
};

struct KernelFacts {
    /// The version of Linux, as kvm-patch/ has it.
    std::string version{};
    /// Whether the archive of its source is here.
    bool source = true;
    /// Of what compiles a module; those that are not in PATH.
    std::vector<std::string> missing_tools{};
    /// Whether the archive has the headers' package; nothing where nobody can be asked.
    std::optional<bool> headers_in_archive{};
    /// The newest kernel that is installed, if it is newer than the one that runs.
    std::string newer{};
    DkmsModules dkms = DkmsModules::none;
    /// The version of exitscope-kvm that DKMS built for this kernel.
    std::string dkms_version{};
};

/// Whether the folder of a kernel's headers is installed.
[[nodiscard]] bool has_headers(const std::filesystem::path& root, const std::string& release);

/// Reads files below `root`, which is / but in tests.
[[nodiscard]] KernelFacts gather_kernel_files(const std::filesystem::path& root, const std::string& release);

/// The same, and asks programs: kernel-source, and apt where the headers are missing.
[[nodiscard]] KernelFacts gather_kernel_facts(const std::string& release);

}  // namespace exitscope::command::doctor
