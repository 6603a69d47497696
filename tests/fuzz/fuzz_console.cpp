// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// Any bytes as a line of an inner Linux's console: none of exitstat's, refused with a clear error, or a line
// with a sum.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "inner_linux/exitstat_line.h"
#include "text/file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace command = exitscope::command;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    try {
        const auto line = command::inner_linux::read_exitstat_line(text, "fuzz");
        // Who counts outside leaves the line without counts.
        if (line && line->outside() && (line->total != 0 || !line->exits.empty()))
            std::abort();
        if (line && !line->outside() && line->isa == exitscope::model::InstructionSet::unknown)
            std::abort();
    } catch (const command::text::InputError&) {
        // The clear error that is due.
    }
    return 0;
}
