// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "lab/lab_boot.h"

#include <fmt/core.h>

#include <charconv>

#include "lab/kernels.h"
#include "text/file.h"

namespace exitscope::command::lab {

BuiltLab build_lab(const LabParts& parts, const stages::RunPlaces& places, stages::Stages& stages) {
    const auto script = [&places](const char* folder, const char* name) {
        return (places.root / folder / name).string();
    };
    const bool is_tree = !parts.tree.empty();
    std::vector<stages::Step> steps{
        {.name = is_tree ? fmt::format("L1 kernel of {}", parts.tree.filename().string())
                         : fmt::format("L1 kernel ({})", parts.l1),
         .words = {script("lab", "build-kernel"), is_tree ? "--tree" : "--l1",
                   is_tree ? parts.tree.string() : parts.l1}}};
    steps.insert(steps.end(), parts.beside.begin(), parts.beside.end());
    // A small kernel's tree holds KVM's source, too.
    if (!is_tree && parts.modules.empty()) {
        if (const auto l1 = find_kernel(read_kernels(), parts.l1); !l1.small)
            steps.push_back(
                {.name = "KVM's source",
                 .words = {script("scripts", "build-kvm"), "--kernel-release", l1.series, "--source-only"}});
    }
    const auto kernel = stages.outputs_of(steps).front();

    steps = {{.name = "L1's base image", .words = {script("lab", "build-image"), kernel}}};
    if (parts.modules.empty()) {
        const bool stock = is_tree || parts.kvm == LabKvm::stock;
        std::vector<std::string> words{
            script("scripts", "build-kvm"), "--lean", "--kernel-build", kernel + "/build", "--isa",
            std::string{name_of(parts.isa)}};
        if (stock)
            words.emplace_back("--stock");
        if (is_tree)
            words.insert(words.end(), {"--source", kernel + "/build"});
        steps.insert(steps.begin(),
                     {.name = stock ? "stock KVM modules" : "patched KVM modules", .words = words});
    }
    const auto built = stages.outputs_of(steps).front();
    return {.kernel = kernel,
            .modules = parts.modules.empty() ? std::filesystem::path{built} : parts.modules};
}

std::vector<std::string> words_of(const LabBoot& boot, const stages::RunPlaces& places) {
    std::vector<std::string> words{places.root / "lab" / "boot",
                                   boot.kernel.empty() ? "--l1" : "--kernel",
                                   boot.kernel.empty() ? boot.l1 : boot.kernel.string(),
                                   "--isa",
                                   std::string{name_of(boot.isa)},
                                   "--job",
                                   boot.job,
                                   "--out",
                                   boot.results,
                                   "--limit",
                                   std::to_string(boot.limit.count())};
    if (!boot.modules.empty())
        words.insert(words.end(), {"--modules", boot.modules});
    if (boot.modules.empty() && boot.kernel.empty() && boot.kvm == LabKvm::stock)
        words.emplace_back("--stock");
    if (boot.live)
        words.emplace_back("--live");
    return words;
}

bool was_begun(const std::filesystem::path& run) {
    std::error_code error;
    const auto log = run.parent_path() / "l1.log";
    return !std::filesystem::exists(run / "error", error) && std::filesystem::exists(log, error) &&
           text::read_file(log).find(fmt::format("] run {}: ", run.filename().string())) != std::string::npos;
}

std::optional<int> qemu_status_in(const std::filesystem::path& run) {
    std::error_code error;
    if (!std::filesystem::exists(run / "status", error))
        return std::nullopt;
    const auto text = text::read_file(run / "status");
    int status = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), status).ec != std::errc{})
        return std::nullopt;
    return status;
}

}  // namespace exitscope::command::lab
