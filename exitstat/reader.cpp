// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "reader.h"

#include "exit_counters.h"

namespace exitscope::exitstat {

namespace {

/// The same counters, read live and for all vCPUs: what a client without the latch does.
meter::CounterSource without_latch(meter::CounterSource source) {
    source.abi_version = 0;
    source.features = 0;
    return source;
}

}  // namespace

Reader::Reader(model::CpuidFunction cpuid, Scope scope, bool outside)
    : cpuid_{cpuid},
      source_{outside ? meter::outside_counters(model::InstructionSet::unknown, model::Paging::unknown)
                      : meter::find_counters(cpuid)},
      scope_{source_.can_latch() ? scope : Scope::vm},
      meter_{scope_ == Scope::vcpu ? source_ : without_latch(source_), cpuid} {}

void Reader::begin() {
    epoch_ = meter::epoch_of(source_, cpuid_);
    meter_.begin();
}

void Reader::describe(Snapshot& snapshot) const {
    snapshot.source = source_;
    snapshot.scope = scope_;
}

void Reader::read_difference(Snapshot& snapshot) const {
    static meter::Window window;  // not on the stack, where it would touch new pages
    meter_.read_window(window);
    describe(snapshot);
    snapshot.since_creation = false;
    snapshot.restarted = meter::epoch_of(source_, cpuid_) != epoch_;
    snapshot.exits = window.exits;
    snapshot.cycles = window.cycles;
}

void Reader::read_all(Snapshot& snapshot) {
    static meter::Reading reading;
    if (source_.outside)
        meter_.begin();
    else
        meter_.read_now(reading);
    describe(snapshot);
    snapshot.since_creation = true;
    snapshot.restarted = false;
    snapshot.exits = reading.exits;
    snapshot.cycles = {};
    if (scope_ != Scope::vcpu || !source_.has(EXIT_COUNTERS_FEATURE_CYCLES))
        return;
    std::size_t index = 0;
    for (const model::ReasonNumber reason : model::reasons_of(source_.isa)) {
        // Slot 0, which `read_now` latched.
        const auto cycles = cpuid_(EXIT_COUNTERS_LEAF_REASON_CYCLES, reason | EXIT_COUNTERS_SCOPE_SLOT_0);
        snapshot.cycles.by_index[index++] = model::join(cycles.ebx, cycles.eax);
    }
}

}  // namespace exitscope::exitstat
