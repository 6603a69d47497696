// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "inner_linux/marked_phases.h"

#include <fmt/core.h>

#include "model/exit_reason.h"
#include "text/file.h"

namespace exitscope::command::inner_linux {

evidence::Counts MarkedPhases::next(bool since_creation, std::string_view where) {
    const auto number = taken_ + 1;
    if (since_creation) {
        if (left() == 0 || marks_.marks[taken_].slot != 0)
            throw text::InputError(
                fmt::format("{}: mark {} is not the one that exitstat made for it", where, number));
        return marks_.marks[taken_++].exits;
    }
    auto window = evidence::window_at(marks_, number);
    const auto cpuid = model::cpuid_reason(marks_.isa);
    if (!window || evidence::count_of(window->exits, cpuid) == 0)
        throw text::InputError(fmt::format("{}: marks {} and {} are not the two that exitstat made for it",
                                           where, number, number + 1));
    taken_ += 2;
    if (--window->exits[cpuid] == 0)
        window->exits.erase(cpuid);
    return window->exits;
}

}  // namespace exitscope::command::inner_linux
