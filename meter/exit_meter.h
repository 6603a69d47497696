// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Measures the exits of one window, and takes the last reading of all counters.

#include <span>

#include "meter/counter_source.h"
#include "model/count_table.h"
#include "model/cpuid_result.h"

namespace exitscope::meter {

/// Everything that happened between `begin` and `end`.
struct Window {
    /// The meter's own exits are taken off.
    model::CountTable exits;
    /// TSC ticks from the exit to the next entry; all 0 where the counters do not give them.
    model::CountTable cycles;
    /// The part of them that the vCPU spent in the kernel, not halted.
    model::CountTable kernel_cycles;
    /// CPUID exits of the meter itself, which were taken off `exits`.
    std::uint64_t reads = 0;
    /// The number of the latch that began it, from 1 on; the next one ended it. 0 where nothing is latched.
    /// Who sees the vCPU's exits from outside finds the window by it.
    std::uint64_t mark = 0;
    /// The exits of all vCPUs, without the meter's; nothing where only this vCPU was measured. Live counters
    /// are read one after the other, and a host interrupt may add an exit meanwhile. So the total need not be
    /// the sum of the reasons here.
    model::CountTable vm_exits;
};

/// The counters as they stood at one moment, and the CPUID exits that reading them took since.
struct Reading {
    model::CountTable exits;
    std::uint64_t reads_after = 0;
};

/// Reads the counters around a piece of work.
///
/// With the exit counter ABI `begin` and `end` are one latching CPUID each, so exactly one exit of a window
/// is the meter's own. With coursework counters each of them reads the total, every reason and the total
/// again, in the same order; these exits are in the window, too. Differences are taken modulo 2^32. If the
/// two totals show an exit that was no read (a host interrupt), all is read once more, so that total and
/// reasons are of one moment.
///
/// Where the exits are counted from outside, a window has a mark and no counts, but for those that somebody
/// told before.
class ExitMeter {
public:
    /// Writes what is known of the window of that number, from 0 on, without the meter's own CPUID.
    using Told = void (*)(std::uint64_t window, model::CountTable& exits);

    constexpr ExitMeter(const CounterSource& source, model::CpuidFunction cpuid, Told told = nullptr)
        : source_{source}, cpuid_{cpuid}, told_{told} {}

    [[nodiscard]] constexpr model::InstructionSet isa() const { return source_.isa; }
    [[nodiscard]] constexpr bool outside() const { return source_.outside; }

    /// Exits: CPUID only; see above.
    void begin();
    void end();

    /// The same for all vCPUs of the VM, around `begin` and `end`; needs the latch, for those to be exact.
    ///
    /// Exits: CPUID, one for the total and one a reason.
    void begin_vm();
    void end_vm();

    /// Writes the exits of all vCPUs.
    void read_vm_window(Window& window) const;

    /// Writes the finished window; with the latch this reads both slots, a CPUID each a reason.
    ///
    /// `likely` saves exits: where these reasons' differences add up to the total's, the others, which never
    /// fall, are known to be 0 and not read. That a total and its reasons belong together is for the last
    /// reading to show.
    void read_window(Window& window, std::span<const model::ReasonNumber> likely = {}) const;

    /// Writes what this vCPU's counters hold now; nothing where they are outside.
    void read_now(Reading& reading);

    /// How many latches there were so far.
    [[nodiscard]] constexpr std::uint64_t marks() const { return marks_; }

private:
    void latch(std::uint32_t slot);
    void read_exits(std::uint32_t scope, model::CountTable& counts) const;
    std::uint64_t read_undisturbed(model::CountTable& counts) const;
    void read_cycles(Window& window) const;
    [[nodiscard]] std::uint64_t read_total(std::uint32_t scope) const;
    [[nodiscard]] std::uint64_t read_reason(model::ReasonNumber reason, std::uint32_t scope) const;
    [[nodiscard]] bool read_likely(Window& window, std::span<const model::ReasonNumber> likely) const;
    [[nodiscard]] std::uint64_t reads_per_reading() const {
        return model::reasons_of(source_.isa).size() + 1;
    }

    /// Where other VMs share the counters no reading may ever be undisturbed.
    static constexpr std::uint64_t most_readings = 100;

    CounterSource source_;
    model::CpuidFunction cpuid_;
    Told told_;
    model::CountTable before_;
    model::CountTable after_;
    /// That `end` took, until one was undisturbed.
    std::uint64_t readings_ = 1;
    std::uint64_t marks_ = 0;
};

}  // namespace exitscope::meter
