// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "prices/priced_result.h"

#include <fmt/core.h>

#include <algorithm>
#include <string_view>

#include "text/file.h"
#include "text/number.h"

namespace exitscope::command::prices {

void require_pass(const result::Result& result) {
    if (result.verdict != model::Verdict::pass)
        throw text::InputError(fmt::format("the result of {} is {}; a price comes from a PASS only",
                                           result.setting, name_of(result.verdict)));
}

KernelVersion version_of(const result::Result& result) {
    const std::string_view release = result.host ? std::string_view{result.host->kernel} : std::string_view{};
    const auto dot = std::min(release.find('.'), release.size());
    const auto rest = release.substr(std::min(dot + 1, release.size()));
    const auto major = text::parse_decimal(release.substr(0, dot));
    const auto minor = text::parse_decimal(rest.substr(0, rest.find_first_not_of("0123456789")));
    if (!major || !minor)
        throw text::InputError(
            fmt::format("the result of {} does not say of which kernel it is (\"{}\"); make it with "
                        "the host's l1.json",
                        result.setting, release));
    return {*major, *minor};
}

std::string name_of(KernelVersion version) {
    return fmt::format("{}.{}", version.first, version.second);
}

}  // namespace exitscope::command::prices
