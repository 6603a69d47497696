// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "stages/durations.h"

#include <nlohmann/json.hpp>

#include "text/file.h"

namespace exitscope::command::stages {

Durations::Durations(std::filesystem::path file) : file_{std::move(file)} {
    try {
        const auto document = nlohmann::json::parse(text::read_file(file_));
        for (const auto& [step, seconds] : document.items())
            seconds_.emplace(step, seconds.get<int>());
    } catch (const text::InputError&) {
        seconds_.clear();
    } catch (const nlohmann::json::exception&) {
        seconds_.clear();
    }
}

std::optional<int> Durations::expected(const std::string& step) const {
    const auto found = seconds_.find(step);
    return found == seconds_.end() ? std::nullopt : std::optional{found->second};
}

void Durations::remember(const std::string& step, int seconds) {
    seconds_[step] = seconds;
    try {
        text::write_file(file_, nlohmann::json(seconds_).dump(1) + "\n");
    } catch (const text::InputError&) {
        return;
    }
}

}  // namespace exitscope::command::stages
