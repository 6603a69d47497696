// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "doctor/finding.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "text/wrap.h"

namespace exitscope::command::doctor {

namespace {

constexpr std::size_t columns = 100;
constexpr std::size_t indent = 32;

}  // namespace

bool Examination::would_work() const {
    return std::ranges::none_of(findings, [](const Finding& each) { return each.state == State::problem; });
}

std::string text_of(const Examination& examination) {
    auto text =
        fmt::format("{}: a run would {}work\n", examination.place, examination.would_work() ? "" : "not ");
    for (const auto& finding : examination.findings) {
        text += fmt::format("  {:<9}{:<{}}{}\n", name_of(finding.state), finding.item, indent - 11,
                            text::wrap(finding.text, columns - indent, indent));
        if (!finding.remedy.empty())
            text += fmt::format("{:{}}-> {}\n", "", indent,
                                text::wrap(finding.remedy, columns - indent - 3, indent + 3));
    }
    return text;
}

std::string json_of(const std::vector<Examination>& examinations) {
    nlohmann::ordered_json document;
    for (const auto& examination : examinations) {
        auto& place = document[examination.place];
        place["would_work"] = examination.would_work();
        place["findings"] = nlohmann::ordered_json::array();
        for (const auto& finding : examination.findings)
            place["findings"].push_back({{"item", finding.item},
                                         {"state", name_of(finding.state)},
                                         {"text", finding.text},
                                         {"remedy", finding.remedy}});
    }
    return document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace exitscope::command::doctor
