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

}  // namespace

bool holds_a_count(const Result& result) {
    return (result.terminal && is_judged_by_count(result.verdict)) ||
           std::ranges::any_of(result.workloads, [](const report::WorkloadReport& workload) {
               return workload.window && is_judged_by_count(workload.verdict);
           });
}

path ResultFolder::folder_of(ResultPlace place) const {
    return place == ResultPlace::aside ? folder_ / aside_name : folder_;
}

ResultFolder::Move ResultFolder::move_for(const Result& result) const {
    const auto& setting = result.setting;
    const auto place = places_.find(setting);
    if (place != places_.end() && (place->second == ResultPlace::here || !holds_a_count(result)))
        return {.place = place->second};
    const auto older = files_of(folder_, setting);
    const auto aside = files_of(folder_of(ResultPlace::aside), setting);
    Move move;
    if (holds_a_count(result) || std::ranges::none_of(older, may_hold_a_count))
        move.outdated = older;
    else
        move.place = ResultPlace::aside;
    if (place == places_.end())
        move.outdated.insert(move.outdated.end(), aside.begin(), aside.end());
    else if (move.place == ResultPlace::here)  // a repetition that measured nothing belongs to those that did
        move.taken_along = aside;
    return move;
}

void ResultFolder::keep(const Result& result, const std::string& name,
                        const std::optional<std::string>& report) {
    const auto move = move_for(result);
    const auto place = folder_of(move.place);
    const auto json_file = place / (name + ".json");
    const auto report_file = place / (name + ".ktap");
    text::NewFile new_json{json_file, write_result(result)};
    std::optional<text::NewFile> new_report;
    if (report)
        new_report.emplace(report_file, *report);
    if (new_report)
        new_report->put_in_place();
    new_json.put_in_place();
    std::error_code error;
    for (const auto& file : move.outdated) {
        if (file != json_file && (file != report_file || !report))
            std::filesystem::remove(file, error);
    }
    for (const auto& file : move.taken_along)
        std::filesystem::rename(file, folder_ / file.filename());
    std::filesystem::remove(folder_of(ResultPlace::aside), error);
    places_[result.setting] = move.place;
}

path ResultFolder::place_of(std::string_view setting) const {
    const auto place = places_.find(setting);
    return place == places_.end() ? folder_ : folder_of(place->second);
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
    const auto here = first_in(folder_);
    const auto aside = first_in(folder_of(ResultPlace::aside));
    if (place != places_.end())
        return fmt::format(
            "{}: nothing was measured; {} is still that of an earlier run, and this run's is {}", setting,
            here, aside);
    if (here.empty() && aside.empty())
        return {};
    if (!here.empty() && !aside.empty())
        return fmt::format("{}: nothing was measured; {} and {} are still those of earlier runs", setting,
                           here, aside);
    return fmt::format("{}: nothing was measured; {} is still that of an earlier run", setting,
                       here.empty() ? aside : here);
}

}  // namespace exitscope::command::result
