// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// Any bytes as what was counted from outside: refused with a clear error, or windows that add up.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "evidence/marks.h"
#include "evidence/tracepoint.h"
#include "text/file.h"

namespace exitscope::command {

namespace {

void read_windows(std::string_view text) {
    const auto marks = evidence::read_marks(text, "fuzz");
    for (std::uint64_t number = 0; number <= marks.marks.size() + 1; ++number) {
        const auto window = evidence::window_at(marks, number);
        if (window && evidence::sum_of(window->exits) != window->total)
            std::abort();
    }
}

template <typename Read>
void refused_or(Read read) {
    try {
        read();
    } catch (const text::InputError&) {
        // The clear error that is due.
    }
}

}  // namespace

}  // namespace exitscope::command

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace command = exitscope::command;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    command::refused_or([text] { command::read_windows(text); });
    command::refused_or([text] { static_cast<void>(command::evidence::read_tracepoint(text, "fuzz")); });
    return 0;
}
