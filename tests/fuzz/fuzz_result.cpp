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
    for (const auto format :
         {result_text, result_markdown, result_csv, result_junit, result_ktap, result_folded})
        static_cast<void>(format(result));
    // What was written from it is a result file again, and has the same numbers.
    if (result::read_result(result::write_result(result), "fuzz").workloads.size() != result.workloads.size())
        std::abort();
}

}  // namespace

}  // namespace exitscope::command

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        exitscope::show_file({reinterpret_cast<const char*>(data), size});
    } catch (const text::InputError&) {
        // The clear error that is due.
    }
    return 0;
}
