// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "lab/kernel_option.h"

#include <fmt/core.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "lab/kernels.h"
#include "text/file.h"

namespace exitscope::command::lab {

namespace {

/// `6.1 (default), 6.12; with npt=1 and npt=0 only: debian, debian-6.12`: those with equal settings together.
std::string names_by_settings(const std::vector<Kernel>& kernels) {
    const auto& first = default_kernel(kernels, this_distribution());
    std::vector<std::string> groups;
    for (const auto& kernel : kernels) {
        if (std::ranges::find(groups, settings_text(kernel)) == groups.end())
            groups.push_back(settings_text(kernel));
    }
    std::string text;
    for (const auto& group : groups) {
        std::string group_names;
        for (const auto& kernel : kernels) {
            if (settings_text(kernel) == group)
                group_names += fmt::format("{}{}{}", group_names.empty() ? "" : ", ", kernel.name,
                                           kernel.name == first.name ? " (default)" : "");
        }
        text += fmt::format("{}{}{}", text.empty() ? "" : "; ",
                            std::ranges::count(group, '=') == std::ssize(evidence::settings)
                                ? ""
                                : fmt::format("with {} only: ", group),
                            group_names);
    }
    return text;
}

}  // namespace

void add_kernel_option(const usage::Command& command, std::string& name, const std::string& text) {
    try {
        const auto kernels = read_kernels();
        std::vector<std::string> all_names;
        std::ranges::transform(kernels, std::back_inserter(all_names), &Kernel::name);
        command
            .option("--l1", name,
                    fmt::format("{}: {}; lab/kernels says more", text, names_by_settings(kernels)))
            .one_of(all_names);
    } catch (const text::InputError& problem) {
        const std::string why = problem.what();
        command.option("--l1", name, fmt::format("{} (not known: {})", text, why))
            .refuse([why](const std::string&) { return why; });
    }
}

}  // namespace exitscope::command::lab
