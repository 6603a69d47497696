// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "stages/durations.h"

#include "text/file.h"
#include "text/json.h"
#include "text/json_value.h"

namespace exitscope::command::stages {

Durations::Durations(std::filesystem::path file) : file_{std::move(file)} {
    try {
        const text::JsonDocument document{text::read_file(file_), file_.string()};
        for (const auto& [step, seconds] : document.root().members())
            seconds_.emplace(step, seconds.integer());
    } catch (const text::InputError&) {
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
        text::write_file(file_, text::json_text(seconds_));
    } catch (const text::InputError&) {
        return;
    }
}

}  // namespace exitscope::command::stages
