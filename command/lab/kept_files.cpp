// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "lab/kept_files.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "text/file.h"

namespace exitscope::command::lab {

namespace {

using std::filesystem::path;

constexpr std::array<std::string_view, 14> names{
    "serial",        "status",        "error",       "l1.json",         "l1.log",
    "l1.dmesg",      "splats",        "cpuinfo",     "qemu.log",        "emulator.log",
    "kvm_exit.json", "kvm_exit.hist", "kvm_entries", "query-stats.json"};

bool is_ours(const path& file) {
    const auto name = file.filename().string();
    return std::ranges::find(names, name) != names.end() ||
           (name.starts_with("vcpu") && name.ends_with(".exit_counters"));
}

std::vector<path> files_in(const path& folder) {
    std::error_code error;
    std::vector<path> found;
    for (const auto& entry : std::filesystem::directory_iterator{folder, error}) {
        if (entry.is_regular_file(error))
            found.push_back(entry.path());
    }
    return found;
}

}  // namespace

void make_room(const path& out) {
    if (out.empty())
        return;
    std::error_code error;
    std::filesystem::create_directories(out, error);
    if (error)
        throw text::InputError(fmt::format("{} cannot be made: {}; choose another folder with --out",
                                           out.string(), error.message()));
    for (const auto& file : files_in(out)) {
        if (is_ours(file))
            std::filesystem::remove(file, error);
    }
}

void keep_files(const path& results, const path& out) {
    if (out.empty())
        return;
    for (const auto& folder : {results, results / "1"}) {
        for (const auto& file : files_in(folder)) {
            std::error_code error;
            std::filesystem::copy_file(file, out / file.filename(),
                                       std::filesystem::copy_options::overwrite_existing, error);
            if (error)
                throw text::InputError(
                    fmt::format("{} cannot be kept: {}", (out / file.filename()).string(), error.message()));
        }
    }
}

}  // namespace exitscope::command::lab
