// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Which counters a KVM offers: the exit counter ABI, one of the coursework layouts, or none.

#include <cstdint>
#include <string_view>

#include "model/count_table.h"
#include "model/coursework_counters.h"
#include "model/cpuid_result.h"
#include "model/instruction_set.h"

namespace exitscope::meter {

/// What is known of the counters before the first measurement.
struct CounterSource {
    std::string_view name = "none";
    std::uint32_t total_leaf = 0;
    std::uint32_t reason_leaf = 0;
    std::uint32_t abi_version = 0;
    std::uint32_t features = 0;
    /// How many exit reasons have a counter; the report calls them slots.
    std::uint32_t reasons = 0;
    model::CounterWidth width = model::CounterWidth::bits_64;
    model::InstructionSet isa = model::InstructionSet::unknown;
    model::Paging paging = model::Paging::unknown;
    /// The exits are counted from outside, between the same marks (docs/trace.md); no leaf is read.
    bool outside = false;
    /// What the leaves of a course patch showed, where there is no exit counter ABI.
    model::CourseworkCounters coursework{};

    [[nodiscard]] constexpr bool found() const { return total_leaf != 0 || outside; }
    [[nodiscard]] constexpr bool has(std::uint32_t feature) const { return (features & feature) != 0; }
    /// The exit counter ABI, in a version that this client knows, with latch and vCPU scope.
    [[nodiscard]] constexpr bool can_latch() const { return abi_version != 0 || outside; }
};

/// Finds the counters: by signature, else by the behaviour of the coursework leaves.
///
/// Exits: 2, or some 50 to 90 without the ABI, all CPUID. A stock KVM may return the data of its highest
/// basic leaf for any of these leaves. So a value that is not zero proves nothing; only counters that count
/// are taken for counters. Source: abi/exit_counters.h for the ABI. The coursework layouts are those of
/// public course patches.
[[nodiscard]] CounterSource find_counters(model::CpuidFunction cpuid);

/// Counters of which this guest sees nothing: somebody on the host counts, who knows what KVM does.
[[nodiscard]] constexpr CounterSource outside_counters(model::InstructionSet isa, model::Paging paging) {
    CounterSource source;
    source.name = "trace";
    source.isa = isa;
    source.paging = paging;
    source.outside = true;
    return source;
}

/// The epoch of the counters: as long as it stays the same, none of them has gone back to 0, as they do where
/// the machine goes on in another VM (migration, a snapshot restored). 0 where they do not say. Exits: one
/// CPUID, or none.
/// Source: abi/exit_counters.h.
[[nodiscard]] std::uint64_t epoch_of(const CounterSource& source, model::CpuidFunction cpuid);

}  // namespace exitscope::meter
