// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What a workload or a run comes to, and QEMU's exit code for it.

#include <cstdint>
#include <string_view>

namespace exitscope {

/// In ascending order of badness, so that the worst is the largest.
/// FAIL: the hypervisor is wrong. ERROR: we are, or the set-up is.
enum class Verdict : std::uint8_t { skip, pass, fail, error };

[[nodiscard]] constexpr Verdict worst(Verdict one, Verdict other) {
    return one < other ? other : one;
}

[[nodiscard]] constexpr std::string_view name_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::skip:
            return "SKIP";
        case Verdict::pass:
            return "PASS";
        case Verdict::fail:
            return "FAIL";
        default:
            return "ERROR";
    }
}

/// The byte for isa-debug-exit; QEMU exits with 2 * byte + 1: 33, 35, 37, 39.
/// Source: QEMU, hw/misc/debugexit.c.
[[nodiscard]] constexpr std::uint8_t debug_exit_code(Verdict verdict) {
    switch (verdict) {
        case Verdict::pass:
            return 0x10;
        case Verdict::fail:
            return 0x11;
        case Verdict::skip:
            return 0x13;
        default:
            return 0x12;
    }
}

static_assert(worst(Verdict::skip, Verdict::pass) == Verdict::pass);
static_assert(worst(Verdict::error, Verdict::fail) == Verdict::error);

}  // namespace exitscope
