// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "fake_kvm.h"

#include <algorithm>

namespace exitscope::test {

void FakeKvm::exit(model::ReasonNumber reason, std::uint64_t times) {
    live_.total += times;
    live_.exits[reason] += times;
}

void FakeKvm::move() {
    live_ = {};
    latched_ = {};
    epoch += 2;
}

bool FakeKvm::defined(std::uint32_t reason) const {
    return reason <= 0xffff && model::index_of(isa, static_cast<model::ReasonNumber>(reason)).has_value();
}

model::CpuidResult FakeKvm::cpuid(std::uint32_t leaf, std::uint32_t subleaf) {
    if (interrupt_every != 0 && cpuids_ % interrupt_every == 0)
        exit(isa == model::InstructionSet::svm ? 0x60 : 1);
    ++cpuids_;
    largest_subleaf_ = std::max(largest_subleaf_, subleaf);
    exit(isa == model::InstructionSet::svm ? 0x72 : 10, counts_per_cpuid);
    switch (offer) {
        case Offer::stock_intel:
            return {7, 0x340, 0x340, 0};
        case Offer::abi:
            return abi_leaf(leaf, subleaf);
        case Offer::layout_a:
            return coursework_leaf({0x4fffffff, 0x4ffffffe}, leaf, subleaf);
        case Offer::layout_b:
            return coursework_leaf({0x4fffffff, 0x4ffffffd, 0x4ffffffc}, leaf, subleaf);
        case Offer::layout_c:
            return coursework_leaf({0x4ffffffc, 0x4ffffffe, 0x4fffffff}, leaf, subleaf);
        case Offer::coursework:
            return coursework_leaf(leaves, leaf, subleaf);
        default:
            return {};
    }
}

model::CpuidResult FakeKvm::abi_leaf(std::uint32_t leaf, std::uint32_t subleaf) {
    const std::uint32_t slot = (subleaf >> 29) & 3;
    const Counters& counters = slot == 1 ? latched_[0] : slot == 2 ? latched_[1] : live_;
    const auto low = [](std::uint64_t value) { return static_cast<std::uint32_t>(value); };
    const auto high = [](std::uint64_t value) { return static_cast<std::uint32_t>(value >> 32); };
    const std::uint32_t reason = subleaf & 0xffff;
    switch (leaf) {
        case 0x4fffff00:
            return {0x4fffffff, 0x74697845, 0x706f6353, 0x4d564b65};
        case 0x4fffff01:
            return {abi_version, features,
                    (isa == model::InstructionSet::svm ? 2U : 1U) |
                        (paging == model::Paging::two_dimensional ? 0x200U : 0x100U),
                    80};
        case 0x4fffff02:
            latched_.at(subleaf) = live_;
            return {1, 0, 0, 0};
        case 0x4fffff03:
            return {low(counters.exits.contains(reason) ? counters.exits.at(reason) * 1000 : 0), 0,
                    low(counters.exits.contains(reason) ? counters.exits.at(reason) * 10 : 0), 0};
        case 0x4fffff04:
            return {50'000, 0, low(epoch), high(epoch)};
        case 0x4fffffff:
            return {low(counters.total), 0, 0, high(counters.total)};
        case 0x4ffffffe: {
            if (slot == 3 || !defined(reason))
                return {0, 0, 0, 0xffffffff};
            const std::uint64_t exits = counters.exits.contains(reason) ? counters.exits.at(reason) : 0;
            return {low(exits), high(exits), 0, 0};
        }
        default:
            return {};
    }
}

model::CpuidResult FakeKvm::coursework_leaf(const Leaves& where, std::uint32_t leaf, std::uint32_t subleaf) {
    const auto count = [this](std::uint64_t exits) {
        return model::CpuidResult{static_cast<std::uint32_t>(exits),
                                  wide ? static_cast<std::uint32_t>(exits >> 32) : 0, 0, 0};
    };
    if ((leaf == where.reason || leaf == where.cycles) && !defined(subleaf))
        return undefined;
    if (leaf == where.total)
        return count(live_.total);
    if (leaf == where.reason)
        return count(live_.exits[subleaf]);
    if (leaf == where.cycles)
        return {0, 0, static_cast<std::uint32_t>(1000 * live_.exits[subleaf]), 0};
    return {};
}

}  // namespace exitscope::test
