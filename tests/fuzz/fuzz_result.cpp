// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// Any bytes as a result file: refused with a clear error, or shown in every format.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "result/result.h"
#include "show/formats.h"
#include "text/file.h"

namespace exitscope::command {

namespace {

void show_file(std::string_view text) {
    const auto result = result::read_result(text, "fuzz");
    for (const auto& format : show::formats)
        static_cast<void>(format.write(result));
    // What was written from it is a result file again, and has the same numbers.
    if (result::read_result(result::write_result(result), "fuzz").workloads.size() != result.workloads.size())
        std::abort();
}

}  // namespace

}  // namespace exitscope::command

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        exitscope::command::show_file({reinterpret_cast<const char*>(data), size});
    } catch (const exitscope::command::text::InputError&) {
        // The clear error that is due.
    }
    return 0;
}
