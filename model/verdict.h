// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The verdict on a workload or a run, and the exit status of QEMU by which the guest tells it.

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace exitscope::model {

/// In ascending order, so that the worst of several is the largest. FAIL: the hypervisor is wrong. ERROR:
/// this program or the set-up is wrong. CRASH: the guest did not finish, which only the command can tell.
enum class Verdict : std::uint8_t { skip, pass, fail, error, crash };

inline constexpr std::array all_verdicts{Verdict::skip, Verdict::pass, Verdict::fail, Verdict::error,
                                         Verdict::crash};

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
        case Verdict::crash:
            return "CRASH";
        default:
            return "ERROR";
    }
}

[[nodiscard]] constexpr std::optional<Verdict> parse_verdict(std::string_view name) {
    for (const auto verdict : all_verdicts) {
        if (name_of(verdict) == name)
            return verdict;
    }
    return std::nullopt;
}

/// The byte that the guest writes to isa-debug-exit.
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

/// QEMU's exit status for that byte: 33, 35, 37 or 39.
/// Source: QEMU, hw/misc/debugexit.c.
[[nodiscard]] constexpr int qemu_status_of(Verdict verdict) {
    return 2 * debug_exit_code(verdict) + 1;
}

/// What the guest meant by QEMU's exit status (docs/report.md); nothing where the guest did not choose it.
[[nodiscard]] constexpr std::optional<Verdict> verdict_of_qemu_status(int status) {
    for (const auto verdict : {Verdict::skip, Verdict::pass, Verdict::fail, Verdict::error}) {
        if (qemu_status_of(verdict) == status)
            return verdict;
    }
    return std::nullopt;
}

static_assert(worst(Verdict::skip, Verdict::pass) == Verdict::pass);
static_assert(worst(Verdict::error, Verdict::fail) == Verdict::error);
static_assert(qemu_status_of(Verdict::pass) == 33 && qemu_status_of(Verdict::fail) == 35);
static_assert(qemu_status_of(Verdict::error) == 37 && qemu_status_of(Verdict::skip) == 39);
static_assert(!verdict_of_qemu_status(0) && parse_verdict("CRASH") == Verdict::crash);

}  // namespace exitscope::model
