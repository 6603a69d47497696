// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "measure/request.h"

#include <fmt/core.h>

namespace exitscope::command::measure {

std::string guest_command_line(const RunRequest& request) {
    std::string line;
    if (request.workloads != "all")
        line = "workloads=" + request.workloads;
    if (request.iterations)
        line += fmt::format("{}iterations={}", line.empty() ? "" : " ", *request.iterations);
    return line;
}

lab::Image counted_outside(lab::Image image, const evidence::Setting& setting) {
    if (image.is_linux) {
        image.append += " EXITSTAT_COUNTERS=trace";
        return image;
    }
    image.append += fmt::format("{}counters=trace:{}:{}", image.append.empty() ? "" : " ",
                                name_of(setting.isa), name_of(setting.paging));
    image.told = true;
    return image;
}

std::string result_name(std::string_view setting, int repetition) {
    return repetition == 1 ? std::string{setting} : fmt::format("{}.{}", setting, repetition);
}

}  // namespace exitscope::command::measure
