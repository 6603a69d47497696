// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "verdict.h"

#include <algorithm>

namespace exitscope {

std::string_view name_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::skip:
            return "SKIP";
        case Verdict::pass:
            return "PASS";
        case Verdict::fail:
            return "FAIL";
        case Verdict::error:
            return "ERROR";
        case Verdict::crash:
            return "CRASH";
    }
    return "ERROR";
}

std::optional<Verdict> parse_verdict(std::string_view name) {
    const auto* const found =
        std::ranges::find_if(all_verdicts, [name](Verdict each) { return name_of(each) == name; });
    return found == all_verdicts.end() ? std::nullopt : std::optional{*found};
}

int exit_code_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::pass:
            return 0;
        case Verdict::fail:
            return 1;
        case Verdict::error:
            return 2;
        case Verdict::crash:
            return 3;
        case Verdict::skip:
            return 77;
    }
    return 2;
}

std::optional<Verdict> verdict_of_qemu_status(int status) {
    switch (status) {
        case 33:
            return Verdict::pass;
        case 35:
            return Verdict::fail;
        case 37:
            return Verdict::error;
        case 39:
            return Verdict::skip;
        default:
            return std::nullopt;
    }
}

}  // namespace exitscope
