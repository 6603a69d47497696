// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What a workload or a run comes to, and what the command line and QEMU make of it.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace exitscope {

/// In ascending order of badness, so that the worst is the largest.
/// FAIL: the hypervisor is wrong. ERROR: we are, or the set-up is. CRASH: the guest did not finish.
enum class Verdict : std::uint8_t { skip, pass, fail, error, crash };

inline constexpr std::array all_verdicts{Verdict::skip, Verdict::pass, Verdict::fail, Verdict::error,
                                         Verdict::crash};

[[nodiscard]] constexpr Verdict worst(Verdict one, Verdict other) {
    return one < other ? other : one;
}

[[nodiscard]] std::string_view name_of(Verdict verdict);
[[nodiscard]] std::optional<Verdict> parse_verdict(std::string_view name);

/// The exit code of the exitscope command: 0 PASS, 1 FAIL, 2 ERROR, 3 CRASH, 77 SKIP.
[[nodiscard]] int exit_code_of(Verdict verdict);

/// What the guest meant by QEMU's exit status (docs/report.md); nothing where the guest did not choose it.
[[nodiscard]] std::optional<Verdict> verdict_of_qemu_status(int status);

/// Why a run is not a plain PASS, and how bad that is.
struct Problem {
    Verdict verdict = Verdict::error;
    std::string message{};

    bool operator==(const Problem&) const = default;
};

}  // namespace exitscope
