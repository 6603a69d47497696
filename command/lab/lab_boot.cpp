// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "lab/lab_boot.h"

#include <fmt/core.h>

#include <charconv>

#include "text/file.h"

namespace exitscope::command::lab {

std::filesystem::path build_lab(const std::string& l1, LabKvm kvm, const std::filesystem::path& modules,
                                const stages::RunPlaces& places, stages::Stages& stages) {
    const auto script = [&places](const char* folder, const char* name) {
        return (places.root / folder / name).string();
    };
    const auto kernel =
        stages.output_of(fmt::format("L1 kernel ({})", l1), {script("lab", "build-kernel"), "--l1", l1});
    auto built = modules;
    if (modules.empty()) {
        std::vector<std::string> words{script("scripts", "build-kvm"), "--kernel-build", kernel + "/build"};
        if (kvm == LabKvm::stock)
            words.emplace_back("--stock");
        built = stages.output_of(kvm == LabKvm::stock ? "stock KVM modules" : "patched KVM modules", words);
    }
    (void)stages.output_of("L1's base image", {script("lab", "build-image"), kernel});
    return built;
}

std::vector<std::string> words_of(const LabBoot& boot, const stages::RunPlaces& places) {
    std::vector<std::string> words{places.root / "lab" / "boot",
                                   "--l1",
                                   boot.l1,
                                   "--isa",
                                   std::string{name_of(boot.isa)},
                                   "--job",
                                   boot.job,
                                   "--modules",
                                   boot.modules,
                                   "--out",
                                   boot.results,
                                   "--limit",
                                   std::to_string(boot.limit.count())};
    if (boot.live)
        words.emplace_back("--live");
    return words;
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
