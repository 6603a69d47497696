// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// A `prepare` for workloads that need a register's value.

#include <cstdint>
#include <string_view>

namespace exitscope::workloads {

/// Writes what `read` returns to `value`.
template <std::uint64_t& value, std::uint64_t (*read)()>
[[nodiscard]] std::string_view remember(std::uint64_t) {
    value = read();
    return {};
}

}  // namespace exitscope::workloads
