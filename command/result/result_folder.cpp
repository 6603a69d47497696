// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "result/result_folder.h"

#include <fmt/core.h>

#include <algorithm>

#include "text/file.h"

namespace exitscope::command::result {

namespace {

using std::filesystem::path;

constexpr const char* aside_name = "unmeasured";

bool is_judged_by_count(model::Verdict verdict) {
    return verdict == model::Verdict::pass || verdict == model::Verdict::fail;
}

/// Of every repetition: `ept=1.json`, `ept=1.2.ktap`, `ept=1.marks.jsonl`.
std::vector<path> files_of(const path& folder, std::string_view setting) {
    std::vector<path> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator{folder, error}) {
        const auto name = entry.path().filename().string();
        if (name.starts_with(std::string{setting} + ".") &&
            (name.ends_with(".json") || name.ends_with(".jsonl") || name.ends_with(".ktap")))
            files.push_back(entry.path());
    }
    // The first repetition's name is the shortest.
    std::ranges::sort(files, {}, [](const path& file) { return std::pair{file.native().size(), file}; });
    return files;
}

/// A result file that cannot be read, as another version of this command wrote it, may hold one.
bool may_hold_a_count(const path& file) {
    if (file.extension() != ".json")
        return false;
    try {
        return holds_a_count(read_result(text::read_file(file), file.string()));
    } catch (const text::InputError&) {
        return true;
    }
}

void remove_files(const std::vector<path>& files) {
    std::error_code error;
    for (const auto& file : files)
        std::filesystem::remove(file, error);
}

}  // namespace

bool holds_a_count(const Result& result) {
    return (result.terminal && is_judged_by_count(result.verdict)) ||
           std::ranges::any_of(result.workloads, [](const report::WorkloadReport& workload) {
               return workload.window && is_judged_by_count(workload.verdict);
           });
}

path ResultFolder::place_for(const Result& result) {
    const auto& setting = result.setting;
    const auto aside = folder_ / aside_name;
    const auto place = places_.find(setting);
    if (place != places_.end() && (place->second == ResultPlace::here || !holds_a_count(result)))
        return place_of(setting);
    const auto older = files_of(folder_, setting);
    const bool gives_way = holds_a_count(result) || std::ranges::none_of(older, may_hold_a_count);
    if (gives_way)
        remove_files(older);
    if (place == places_.end())
        remove_files(files_of(aside, setting));
    // A repetition that measured nothing belongs to those that did.
    for (const auto& file : gives_way ? files_of(aside, setting) : std::vector<path>{})
        std::filesystem::rename(file, folder_ / file.filename());
    std::error_code error;
    std::filesystem::remove(aside, error);
    places_[setting] = gives_way ? ResultPlace::here : ResultPlace::aside;
    return place_of(setting);
}

path ResultFolder::place_of(std::string_view setting) const {
    const auto place = places_.find(setting);
    return place != places_.end() && place->second == ResultPlace::aside ? folder_ / aside_name : folder_;
}

std::string ResultFolder::what_stayed(std::string_view setting) const {
    const auto place = places_.find(setting);
    if (place != places_.end() && place->second == ResultPlace::here)
        return {};
    const auto first_in = [setting](const path& folder) {
        const auto files = files_of(folder, setting);
        const auto first = std::ranges::find(files, path{".json"}, &path::extension);
        return first == files.end() ? std::string{} : first->string();
    };
    const auto stayed = first_in(folder_);
    if (stayed.empty())
        return {};
    const auto this_run = place == places_.end() ? std::string{} : first_in(place_of(setting));
    return fmt::format("{}: nothing was measured; {} is still that of an earlier run{}{}", setting, stayed,
                       this_run.empty() ? "" : ", and this run's is ", this_run);
}

}  // namespace exitscope::command::result
