// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// A KVM without VMs: returns from the counter leaves what the ABI or a coursework layout says.

#include <array>
#include <cstdint>
#include <map>

#include "model/cpuid_result.h"
#include "model/exit_reason.h"

namespace exitscope::test {

/// One vCPU's counters. Every `cpuid` is an exit; `exit` is any other.
class FakeKvm {
public:
    enum class Offer { nothing, stock_intel, abi, layout_a, layout_b, layout_c, coursework };

    /// Where a course patch has its leaves; 0 for one that it has not.
    struct Leaves {
        std::uint32_t total = 0;
        std::uint32_t reason = 0;
        std::uint32_t cycles = 0;
    };

    Offer offer = Offer::abi;
    model::InstructionSet isa = model::InstructionSet::vmx;
    model::Paging paging = model::Paging::two_dimensional;
    std::uint32_t abi_version = 1;
    std::uint32_t features = 15;
    std::uint64_t epoch = 0x1234'5678'9abc'def1;
    /// After every so many CPUIDs the host has an interrupt, whichever reading it disturbs; 0: never.
    std::uint64_t interrupt_every = 0;
    /// Of Offer::coursework.
    Leaves leaves{};
    /// What a course patch returns for a reason that the manual does not define.
    model::CpuidResult undefined{0, 0, 0, 0xffffffff};
    /// Two where the hook is in the handler of CPUID, too.
    std::uint64_t counts_per_cpuid = 1;
    /// EBX has the upper half of a count.
    bool wide = false;

    void exit(model::ReasonNumber reason, std::uint64_t times = 1);
    void set(model::ReasonNumber reason, std::uint64_t exits) { live_.exits[reason] = exits; }
    /// The machine goes on in another VM.
    void move();
    void set_total(std::uint64_t exits) { live_.total = exits; }
    [[nodiscard]] std::uint64_t total() const { return live_.total; }
    /// The largest number that a leaf was asked for.
    [[nodiscard]] std::uint32_t largest_subleaf() const { return largest_subleaf_; }
    model::CpuidResult cpuid(std::uint32_t leaf, std::uint32_t subleaf);

    /// Makes this the KVM that `cpuid_of_current` asks.
    void use() { current_ = this; }
    static model::CpuidResult cpuid_of_current(std::uint32_t leaf, std::uint32_t subleaf) {
        return current_->cpuid(leaf, subleaf);
    }

private:
    struct Counters {
        std::uint64_t total = 0;
        std::map<std::uint32_t, std::uint64_t> exits;
    };

    model::CpuidResult abi_leaf(std::uint32_t leaf, std::uint32_t subleaf);
    model::CpuidResult coursework_leaf(const Leaves& where, std::uint32_t leaf, std::uint32_t subleaf);
    bool defined(std::uint32_t reason) const;

    static inline FakeKvm* current_ = nullptr;
    std::uint64_t cpuids_ = 0;
    std::uint32_t largest_subleaf_ = 0;
    Counters live_;
    std::array<Counters, 2> latched_;
};

}  // namespace exitscope::test
