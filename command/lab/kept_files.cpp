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

void remove_files_of_a_run(const path& folder) {
    std::error_code error;
    for (const auto& file : files_in(folder)) {
        if (is_ours(file))
            std::filesystem::remove(file, error);
    }
}

/// A run that was done has a status.
bool holds_a_run(const path& folder) {
    std::error_code error;
    return std::filesystem::exists(folder / "status", error);
}

void make_folder(const path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        throw text::InputError(fmt::format("{} cannot be made: {}; choose another folder with --out",
                                           folder.string(), error.message()));
}

/// A folder for what comes, beside what is there; gone at the end of its scope.
class Arrivals {
public:
    explicit Arrivals(path folder) : folder_{std::move(folder)} {
        remove();
        make_folder(folder_);
    }
    ~Arrivals() { remove(); }
    Arrivals(const Arrivals&) = delete;
    Arrivals& operator=(const Arrivals&) = delete;
    Arrivals(Arrivals&&) = delete;
    Arrivals& operator=(Arrivals&&) = delete;

    void copy(const path& from) const {
        for (const auto& file : files_in(from)) {
            std::error_code error;
            std::filesystem::copy_file(file, folder_ / file.filename(),
                                       std::filesystem::copy_options::overwrite_existing, error);
            fail_on(error, file.filename());
        }
    }

    void move_to(const path& to) const {
        for (const auto& file : files_in(folder_)) {
            std::error_code error;
            std::filesystem::rename(file, to / file.filename(), error);
            fail_on(error, file.filename());
        }
    }

private:
    void remove() const {
        std::error_code error;
        std::filesystem::remove_all(folder_, error);
    }

    void fail_on(const std::error_code& error, const path& name) const {
        if (error)
            throw text::InputError(fmt::format(
                "{} cannot be kept: {}; check that the folder may be written and the disk has room",
                (folder_.parent_path() / name).string(), error.message()));
    }

    path folder_;
};

}  // namespace

KeptFiles::KeptFiles(path out) : out_{std::move(out)} {
    if (!out_.empty())
        held_.emplace(out_);
}

path KeptFiles::keep(const path& results, bool is_done) {
    if (out_.empty())
        return {};
    const Arrivals arrivals{out_ / "arrivals.partial"};
    arrivals.copy(results);
    arrivals.copy(results / "1");
    is_ours_ = is_done || !holds_a_run(out_);
    const auto aside = out_ / "unmeasured";
    remove_files_of_a_run(aside);
    const auto place = is_ours_ ? out_ : aside;
    if (is_ours_) {
        remove_files_of_a_run(out_);
        std::error_code error;
        std::filesystem::remove(aside, error);
    } else {
        make_folder(aside);
    }
    arrivals.move_to(place);
    return place;
}

std::string KeptFiles::what_stayed() const {
    if (out_.empty() || is_ours_ || !holds_a_run(out_))
        return {};
    return fmt::format("{} still holds what an earlier run left", out_.string());
}

}  // namespace exitscope::command::lab
