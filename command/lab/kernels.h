// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The kernels that the lab can run as L1, from the table lab/kernels of the checkout.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/setting.h"

namespace exitscope::command::lab {

struct Kernel {
    std::string name;
    /// The version whose KVM it runs: a folder of kvm-patch/.
    std::string series;
    /// The settings under which it can be measured.
    std::vector<evidence::Setting> settings;
    /// L1's memory in MiB.
    int memory = 0;
    /// The distributions that have its packages, as `debian-12`.
    std::vector<std::string> distributions;
    /// Built from source, and small; or else a distribution's own.
    bool small = false;
};

/// Reads the table's text; `file` is what a message calls it. Throws InputError, which names the wrong line.
[[nodiscard]] std::vector<Kernel> parse_kernels(std::string_view text, std::string_view file);

/// The table of this command's checkout. Throws InputError.
[[nodiscard]] std::vector<Kernel> read_kernels();

/// The distribution that runs here, as the table has it.
[[nodiscard]] std::string this_distribution();

/// The first kernel that this distribution has the packages of, else the first.
[[nodiscard]] const Kernel& default_kernel(std::span<const Kernel> kernels, std::string_view distribution);

/// The small kernel that serves as an inner Linux: the first that this distribution has the source of, else
/// the first. Throws InputError if there is none.
[[nodiscard]] const Kernel& small_kernel(std::span<const Kernel> kernels, std::string_view distribution);

/// The kernel of that name, or the default one if it is empty. Throws InputError, which lists those there
/// are.
[[nodiscard]] Kernel find_kernel(std::span<const Kernel> kernels, std::string_view name);

/// The settings of a kernel, as `npt=1 and npt=0`.
[[nodiscard]] std::string settings_text(const Kernel& kernel);

/// Why a kernel does not run under a setting; nothing if it does.
[[nodiscard]] std::optional<std::string> mismatch(std::span<const Kernel> kernels, const Kernel& kernel,
                                                  const evidence::Setting& setting);

}  // namespace exitscope::command::lab
