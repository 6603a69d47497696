// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The marks of a window in its record.

#include <cstdint>
#include <span>
#include <string_view>

#include "report/record.h"

namespace exitscope::report {

/// Writes `one=17` where the window has a mark, and `all=17,19` where several were measured for it.
constexpr void write_marks(RecordWriter& record, std::string_view one, std::string_view all,
                           std::uint64_t mark, std::span<const std::uint64_t> marks) {
    if (mark != 0)
        record.number(one, mark);
    if (marks.size() > 1)
        record.numbers(all, marks);
}

}  // namespace exitscope::report
