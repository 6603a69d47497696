// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Takes readings of the counters: all so far, or what a piece of work added.

#include "meter/exit_meter.h"

namespace exitscope::exitstat {

/// Whose exits are counted: those of one vCPU, read at one moment, or of all vCPUs, whose counters are read
/// one after the other.
enum class Scope : std::uint8_t { vcpu, vm };

/// One finished reading.
struct Snapshot {
    meter::CounterSource source{};
    Scope scope = Scope::vcpu;
    /// True: all exits since the VM was created. False: those between two moments.
    bool since_creation = true;
    /// The reading's own exits are taken off a difference.
    model::CountTable exits{};
    /// A difference: the counters began anew in between, so that it means nothing.
    bool restarted = false;
    /// TSC ticks from the exit to the next entry; all 0 where the counters do not give them.
    model::CountTable cycles{};
};

/// Exits: CPUID only. With the latch, one at each of `begin` and `end`; else one for the total and one a
/// reason. With the vCPU scope the caller keeps the process on that vCPU from one call to the next.
class Reader {
public:
    /// Finds the counters. `scope` holds for KVMs that can tell vCPUs apart; others count all that they have.
    /// With `outside` it looks for none: each reading is a mark for who counts in the host, one CPUID, and
    /// what it returns has no counts.
    Reader(model::CpuidFunction cpuid, Scope scope, bool outside = false);

    [[nodiscard]] const meter::CounterSource& source() const { return source_; }

    void begin();
    void end() { meter_.end(); }
    /// What happened between `begin` and `end`.
    void read_difference(Snapshot& snapshot) const;
    /// What was counted so far.
    void read_all(Snapshot& snapshot);

private:
    void describe(Snapshot& snapshot) const;

    model::CpuidFunction cpuid_;
    meter::CounterSource source_;
    Scope scope_;
    meter::ExitMeter meter_;
    std::uint64_t epoch_ = 0;
};

}  // namespace exitscope::exitstat
