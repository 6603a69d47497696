// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <array>
#include <cstring>
#include <fstream>

#include "doctor/kernel_facts.h"
#include "doctor/system.h"
#include "stages/process.h"
#include "stages/run_places.h"
#include "text/file.h"

namespace exitscope::command::doctor {

namespace {

using std::filesystem::path;

constexpr std::array<std::string_view, 3> suffixes{".ko", ".ko.xz", ".ko.zst"};
constexpr std::array<const char*, 3> tools{"gcc", "ld", "make"};

/// `6.1` of 6.1.0-56-cloud-amd64.
std::string linux_version_of(const std::string& release) {
    const auto dot = release.find('.');
    const auto end = dot == std::string::npos ? dot : release.find_first_not_of("0123456789", dot + 1);
    return release.substr(0, end);
}

bool has_kvm(const path& folder) {
    std::error_code error;
    for (const auto suffix : suffixes) {
        if (std::filesystem::exists(folder / fmt::format("kvm{}", suffix), error))
            return true;
    }
    return false;
}

/// Which kvm.ko modprobe takes: its path in modules.dep, which names each module once.
std::string chosen_kvm(const path& modules) {
    std::ifstream stream{modules / "modules.dep"};
    for (std::string line; std::getline(stream, line);) {
        const auto file = line.substr(0, line.find(':'));
        for (const auto suffix : suffixes) {
            if (file.ends_with(fmt::format("/kvm{}", suffix)))
                return file;
        }
    }
    return {};
}

/// The version of which DKMS has built modules for that kernel; empty for none.
/// Source: dkms(8), "/var/lib/dkms": MODULE/VERSION/KERNEL/ARCHITECTURE/module.
std::string built_by_dkms(const path& root, const std::string& release) {
    std::error_code error;
    for (const auto& version :
         std::filesystem::directory_iterator{root / "var/lib/dkms/exitscope-kvm", error}) {
        if (version.is_directory(error) && !version.is_symlink(error) &&
            has_kvm(version.path() / release / "x86_64" / "module"))
            return version.path().filename();
    }
    return {};
}

DkmsModules dkms_modules(const path& modules) {
    constexpr std::string_view place = "updates/dkms";
    if (!has_kvm(modules / place))
        return DkmsModules::gone;
    return chosen_kvm(modules).starts_with(place) ? DkmsModules::chosen : DkmsModules::hidden;
}

std::string newest_kernel(const path& root) {
    std::string newest;
    std::error_code error;
    for (const auto& modules : std::filesystem::directory_iterator{root / "lib/modules", error}) {
        const std::string name = modules.path().filename();
        if (std::filesystem::exists(modules.path() / "modules.dep", error) &&
            strverscmp(name.c_str(), newest.c_str()) > 0)
            newest = name;
    }
    return newest;
}

/// 127, as a shell's, for a program that is not there: that is found, too, and no reason to find nothing
/// else.
int status_of(std::vector<std::string> words) {
    try {
        return stages::Process({.words = std::move(words), .output = "/dev/null", .errors = {}}).wait();
    } catch (const text::InputError&) {
        constexpr int not_found = 127;
        return not_found;
    }
}

}  // namespace

bool has_headers(const path& root, const std::string& release) {
    std::error_code error;
    return std::filesystem::exists(root / "lib/modules" / release / "build/Makefile", error);
}

KernelFacts gather_kernel_files(const path& root, const std::string& release) {
    KernelFacts facts{.version = linux_version_of(release)};
    const auto newest = newest_kernel(root);
    if (strverscmp(newest.c_str(), release.c_str()) > 0)
        facts.newer = newest;
    facts.dkms_version = built_by_dkms(root, release);
    if (!facts.dkms_version.empty())
        facts.dkms = dkms_modules(root / "lib/modules" / release);
    return facts;
}

bool has_source(const std::string& version) {
    return status_of({(stages::checkout_root() / "scripts" / "kernel-source").string(), "--find", version}) ==
           0;
}

KernelFacts gather_kernel_facts(const std::string& release) {
    auto facts = gather_kernel_files("/", release);
    facts.source = has_source(facts.version);
    for (const auto* const tool : tools) {
        if (!is_in_path(tool))
            facts.missing_tools.emplace_back(tool);
    }
    if (!has_headers("/", release) && is_in_path("apt-cache"))
        facts.headers_in_archive = status_of({"apt-cache", "show", "linux-headers-" + release}) == 0;
    return facts;
}

}  // namespace exitscope::command::doctor
