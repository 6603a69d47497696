// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "show/formats.h"

#include <fmt/core.h>

#include <algorithm>

#include "show/outcome.h"

namespace exitscope::command::show {

namespace {

std::string one_line(std::string text) {
    const auto is_control = [](unsigned char character) { return character < ' '; };
    std::ranges::replace_if(text, is_control, ' ');
    return text;
}

/// What follows a # is no part of a name for KTAP's readers.
std::string test_name(std::string text) {
    std::ranges::replace(text, '#', '_');
    return one_line(std::move(text));
}

}  // namespace

std::string result_ktap(const result::Result& result) {
    const bool whole = result.verdict == model::Verdict::pass;
    auto text = fmt::format("KTAP version 1\n1..{}\n", result.workloads.size() + (whole ? 0 : 1));
    std::size_t number = 0;
    const auto add = [&](model::Verdict verdict, std::string_view name, const std::string& message) {
        const bool ok = verdict == model::Verdict::pass || verdict == model::Verdict::skip;
        text += fmt::format("{} {} {}", ok ? "ok" : "not ok", ++number, test_name(std::string{name}));
        if (verdict != model::Verdict::pass)
            text += fmt::format(" # {} {}", name_of(verdict), one_line(message));
        text += "\n";
    };
    for (const auto& workload : result.workloads)
        add(workload.verdict, workload.name, workload.message);
    if (!whole)
        add(result.verdict, "the_run", message_of(result));
    return text;
}

}  // namespace exitscope::command::show
