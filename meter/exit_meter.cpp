// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "meter/exit_meter.h"

#include "exit_counters.h"

namespace exitscope::meter {

namespace {

/// Takes the meter's own exits, all CPUID, off a count.
void take_off(model::CountTable& exits, std::uint64_t reads) {
    if (const auto index = model::index_of(exits.isa, model::cpuid_reason(exits.isa))) {
        exits.by_index[*index] -= reads;
        exits.total -= reads;
    }
}

}  // namespace

void ExitMeter::begin() {
    if (source_.can_latch())
        latch(0);
    else
        read_undisturbed(before_);
}

void ExitMeter::end() {
    if (source_.can_latch())
        latch(1);
    else
        readings_ = read_undisturbed(after_);
}

void ExitMeter::latch(std::uint32_t slot) {
    ++marks_;
    cpuid_(EXIT_COUNTERS_LEAF_LATCH, slot);
}

void ExitMeter::begin_vm() {
    if (!outside())
        read_exits(0, before_);
}

void ExitMeter::end_vm() {
    if (!outside())
        read_exits(0, after_);
}

void ExitMeter::read_vm_window(Window& window) const {
    if (outside())
        return;
    model::subtract(after_, before_, source_.width, window.vm_exits);
    // Between the two reads of any counter there are as many reads as a reading has, and both latches.
    take_off(window.vm_exits, reads_per_reading() + 2);
}

void ExitMeter::read_window(Window& window, std::span<const model::ReasonNumber> likely) const {
    window.cycles = {};
    window.kernel_cycles = {};
    if (!source_.can_latch()) {
        model::subtract(after_, before_, source_.width, window.exits);
        // Between any counter's read in `begin` and its last one in `end` there are all reads of the readings
        // of `end`, each with the total read twice. The window tells of one reading only, so that all windows
        // are alike.
        window.reads = reads_per_reading() + 1;
        window.mark = 0;
        take_off(window.exits, readings_ * window.reads);
        return;
    }
    window.reads = 1;
    window.mark = marks_ - 1;
    if (outside()) {
        window.exits = {};
        window.exits.isa = source_.isa;
        if (told_ != nullptr)
            told_((window.mark - 1) / 2, window.exits);
        window.exits.total = window.exits.sum();
        return;
    }
    if (!read_likely(window, likely)) {
        model::CountTable before;
        read_exits(EXIT_COUNTERS_SCOPE_SLOT_0, before);
        read_exits(EXIT_COUNTERS_SCOPE_SLOT_1, window.exits);
        model::subtract(window.exits, before, source_.width, window.exits);
    }
    if (source_.has(EXIT_COUNTERS_FEATURE_CYCLES))
        read_cycles(window);
    take_off(window.exits, window.reads);
}

bool ExitMeter::read_likely(Window& window, std::span<const model::ReasonNumber> likely) const {
    window.exits = {};
    window.exits.isa = source_.isa;
    window.exits.total = read_total(EXIT_COUNTERS_SCOPE_SLOT_1) - read_total(EXIT_COUNTERS_SCOPE_SLOT_0);
    const auto read = [&](model::ReasonNumber reason) {
        if (const auto index = model::index_of(source_.isa, reason)) {
            window.exits.by_index[*index] = read_reason(reason, EXIT_COUNTERS_SCOPE_SLOT_1) -
                                            read_reason(reason, EXIT_COUNTERS_SCOPE_SLOT_0);
        }
    };
    read(model::cpuid_reason(source_.isa));
    for (const model::ReasonNumber reason : likely) {
        if (reason != model::cpuid_reason(source_.isa))
            read(reason);
    }
    return window.exits.sum() == window.exits.total;
}

void ExitMeter::read_now(Reading& reading) {
    if (outside()) {
        reading = {};
        return;
    }
    if (source_.can_latch()) {
        latch(0);
        read_exits(EXIT_COUNTERS_SCOPE_SLOT_0, reading.exits);
        reading.reads_after = reads_per_reading();
        return;
    }
    read_undisturbed(reading.exits);
    // Live counters count on while they are read. This brings the total, which was read first, and the CPUID
    // counter up to the last read, that of the total.
    const auto index = model::index_of(source_.isa, model::cpuid_reason(source_.isa));
    const std::uint64_t reasons = model::reasons_of(source_.isa).size();
    if (index) {
        reading.exits.by_index[*index] += reasons - *index;
        reading.exits.total += reasons + 1;
    }
    reading.reads_after = 0;
}

std::uint64_t ExitMeter::read_total(std::uint32_t scope) const {
    const auto total = cpuid_(source_.total_leaf, scope);
    return source_.width == model::CounterWidth::bits_64 ? model::join(total.edx, total.eax) : total.eax;
}

std::uint64_t ExitMeter::read_reason(model::ReasonNumber reason, std::uint32_t scope) const {
    const auto exits = cpuid_(source_.reason_leaf, reason | scope);
    return source_.width == model::CounterWidth::bits_64 ? model::join(exits.ebx, exits.eax) : exits.eax;
}

void ExitMeter::read_exits(std::uint32_t scope, model::CountTable& counts) const {
    counts = {};
    counts.isa = source_.isa;
    counts.total = read_total(scope);
    std::size_t index = 0;
    for (const model::ReasonNumber reason : model::reasons_of(source_.isa))
        counts.by_index[index++] = read_reason(reason, scope);
}

/// Returns how many readings it took.
std::uint64_t ExitMeter::read_undisturbed(model::CountTable& counts) const {
    std::uint64_t readings = 0;
    do {
        read_exits(0, counts);
        ++readings;
    } while (((read_total(0) - counts.total) & model::mask_of(source_.width)) != reads_per_reading() &&
             readings < most_readings);
    return readings;
}

void ExitMeter::read_cycles(Window& window) const {
    window.cycles.isa = source_.isa;
    window.kernel_cycles.isa = source_.isa;
    std::size_t index = 0;
    for (const model::ReasonNumber reason : model::reasons_of(source_.isa)) {
        if (window.exits.by_index[index] != 0) {
            const auto before = cpuid_(EXIT_COUNTERS_LEAF_REASON_CYCLES, reason | EXIT_COUNTERS_SCOPE_SLOT_0);
            const auto after = cpuid_(EXIT_COUNTERS_LEAF_REASON_CYCLES, reason | EXIT_COUNTERS_SCOPE_SLOT_1);
            window.cycles.by_index[index] =
                model::join(after.ebx, after.eax) - model::join(before.ebx, before.eax);
            window.kernel_cycles.by_index[index] =
                model::join(after.edx, after.ecx) - model::join(before.edx, before.ecx);
        }
        ++index;
    }
}

}  // namespace exitscope::meter
