// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "meter/exit_meter.h"

#include <gtest/gtest.h>

#include <vector>

#include "fake_kvm.h"

namespace exitscope::meter {

using test::FakeKvm;
namespace {

/// A reading of coursework counters: each reason, and the total before and after them.
constexpr std::uint64_t vmx_reads = model::vmx_reasons.size() + 2;

struct Fixture {
    FakeKvm kvm;
    CounterSource source;

    explicit Fixture(FakeKvm::Offer offer) {
        kvm.offer = offer;
        kvm.use();
        source = find_counters(FakeKvm::cpuid_of_current);
    }

    Window measure_ept_violations(std::uint64_t times) {
        ExitMeter meter{source, FakeKvm::cpuid_of_current};
        meter.begin();
        kvm.exit(48, times);
        meter.end();
        Window window;
        meter.read_window(window);
        return window;
    }
};

TEST(ExitMeter, LatchedWindowHoldsTheWorkWithoutTheMetersCpuid) {
    Fixture fixture{FakeKvm::Offer::abi};
    const auto window = fixture.measure_ept_violations(100);
    EXPECT_EQ(window.exits.of(48), 100U);
    EXPECT_EQ(window.exits.of(10), 0U);
    EXPECT_EQ(window.exits.total, 100U);
    EXPECT_EQ(window.exits.sum(), 100U);
    EXPECT_EQ(window.reads, 1U);
}

TEST(ExitMeter, LatchesAreNumberedAndAWindowHasThatOfItsFirst) {
    Fixture fixture{FakeKvm::Offer::abi};
    ExitMeter meter{fixture.source, FakeKvm::cpuid_of_current};
    Window window;
    for (const std::uint64_t mark : {1U, 3U}) {
        meter.begin();
        meter.end();
        meter.read_window(window);
        EXPECT_EQ(window.mark, mark);
    }
    Reading last;
    meter.read_now(last);
    EXPECT_EQ(meter.marks(), 5U);
}

TEST(ExitMeter, OutsideAWindowHasMarksAndWhatWasTold) {
    FakeKvm kvm;
    kvm.offer = FakeKvm::Offer::nothing;
    kvm.use();
    const auto source = outside_counters(model::InstructionSet::vmx, model::Paging::shadow);
    EXPECT_TRUE(source.found());
    ExitMeter meter{source, FakeKvm::cpuid_of_current, [](std::uint64_t window, model::CountTable& exits) {
                        if (window == 1)
                            exits.by_index[*model::index_of(exits.isa, 48)] = 5;
                    }};
    Window window;
    for (const std::uint64_t told : {0U, 5U}) {
        const auto exits = kvm.total();
        meter.begin();
        kvm.exit(12, 100);
        meter.end();
        meter.read_window(window);
        EXPECT_EQ(window.exits.of(48), told);
        EXPECT_EQ(window.exits.of(12), 0U);
        EXPECT_EQ(window.exits.total, told);
        EXPECT_EQ(window.reads, 1U);
        // Nothing but the two marks and the work.
        EXPECT_EQ(kvm.total() - exits, 102U);
    }
    EXPECT_EQ(window.mark, 3U);
    Reading last{.exits = {}, .reads_after = 7};
    meter.read_now(last);
    EXPECT_EQ(last.reads_after, 0U);
    EXPECT_EQ(meter.marks(), 4U);
}

TEST(ExitMeter, CourseworkCountersHaveNoMarks) {
    Fixture fixture{FakeKvm::Offer::layout_a};
    EXPECT_EQ(fixture.measure_ept_violations(1).mark, 0U);
}

/// Reads a window of 5 EPT violations and 2 HLTs, and CR accesses that are not in the total; returns how many
/// CPUIDs the reading took.
std::uint64_t read_with(const std::vector<model::ReasonNumber>& likely, Window& window,
                        std::uint64_t untold = 0) {
    Fixture fixture{FakeKvm::Offer::abi};
    fixture.kvm.features = 6;  // no cycles
    const auto source = find_counters(FakeKvm::cpuid_of_current);
    ExitMeter meter{source, FakeKvm::cpuid_of_current};
    meter.begin();
    fixture.kvm.exit(48, 5);
    fixture.kvm.exit(12, 2);
    fixture.kvm.set(28, untold);
    meter.end();
    const auto before = fixture.kvm.total();
    meter.read_window(window, likely);
    return fixture.kvm.total() - before;
}

TEST(ExitMeter, LikelyReasonsThatAddUpAreAllThatIsRead) {
    Window window;
    const auto reads = read_with({10, 12, 48}, window);
    EXPECT_EQ(window.exits.of(48), 5U);
    EXPECT_EQ(window.exits.of(12), 2U);
    EXPECT_EQ(window.exits.of(10), 0U);
    EXPECT_EQ(window.exits.total, 7U);
    EXPECT_EQ(reads, 2U + 2 * 3);
}

TEST(ExitMeter, UnlikelyReasonIsFoundAllTheSame) {
    Window window;
    read_with({10, 12}, window);
    EXPECT_EQ(window.exits.of(48), 5U);
    EXPECT_EQ(window.exits.sum(), window.exits.total);
}

TEST(ExitMeter, LikelyReasonNamedTwiceCountsOnce) {
    Window window;
    read_with({10, 12, 48, 48, 12}, window);
    EXPECT_EQ(window.exits.sum(), 7U);
}

TEST(ExitMeter, ReasonsThatContradictTheTotalAreAllRead) {
    Window window;
    read_with({10, 48}, window, 3);
    EXPECT_EQ(window.exits.of(28), 3U);
    EXPECT_EQ(window.exits.total, 7U);
    EXPECT_EQ(window.exits.sum(), 10U);
}

TEST(ExitMeter, LatchedWindowHasCyclesOfTheReasonsThatOccurred) {
    Fixture fixture{FakeKvm::Offer::abi};
    fixture.kvm.exit(48, 7);
    const auto window = fixture.measure_ept_violations(3);
    EXPECT_EQ(window.cycles.of(48), 3000U);
    EXPECT_EQ(window.kernel_cycles.of(48), 30U);
    EXPECT_EQ(window.cycles.of(28), 0U);
}

TEST(ExitMeter, CourseworkWindowTakesOffAReadAReasonAndTwoOfTheTotal) {
    Fixture fixture{FakeKvm::Offer::layout_a};
    const auto window = fixture.measure_ept_violations(100);
    EXPECT_EQ(window.exits.of(48), 100U);
    EXPECT_EQ(window.exits.of(10), 0U);
    EXPECT_EQ(window.exits.total, 100U);
    EXPECT_EQ(window.reads, vmx_reads);
}

TEST(ExitMeter, DisturbedReadingIsTakenAgain) {
    for (std::uint64_t every = 100; every < 300; ++every) {
        Fixture fixture{FakeKvm::Offer::layout_b};
        fixture.kvm.interrupt_every = every;
        const auto window = fixture.measure_ept_violations(100);
        EXPECT_EQ(window.exits.of(48), 100U);
        EXPECT_EQ(window.exits.of(10), 0U);
        EXPECT_EQ(window.exits.sum(), window.exits.total) << every;
        EXPECT_EQ(window.reads, vmx_reads);
        ExitMeter meter{fixture.source, FakeKvm::cpuid_of_current};
        Reading last;
        meter.read_now(last);
        EXPECT_EQ(last.exits.sum(), last.exits.total) << every;
    }
}

TEST(ExitMeter, CountersThatNeverRestEndTheReadingAllTheSame) {
    Fixture fixture{FakeKvm::Offer::layout_b};
    fixture.kvm.interrupt_every = 7;
    const auto window = fixture.measure_ept_violations(100);
    EXPECT_EQ(window.exits.of(48), 100U);
    EXPECT_EQ(window.exits.of(10), 0U);
}

TEST(ExitMeter, CourseworkCountersMayWrap) {
    Fixture fixture{FakeKvm::Offer::layout_c};
    fixture.kvm.set(48, 0xffffffff);
    fixture.kvm.set_total(0xffffffff);
    const auto window = fixture.measure_ept_violations(2);
    EXPECT_EQ(window.exits.of(48), 2U);
    EXPECT_EQ(window.exits.total, 2U);
}

TEST(ExitMeter, CountersBeyond32BitsAreExact) {
    Fixture fixture{FakeKvm::Offer::abi};
    const auto window = fixture.measure_ept_violations(0x1'0000'0001);
    EXPECT_EQ(window.exits.of(48), 0x1'0000'0001U);
    EXPECT_EQ(window.exits.sum(), window.exits.total);
}

TEST(ExitMeter, LastReadingAndTheReadsAfterItAreAllThereIs) {
    for (const auto offer : {FakeKvm::Offer::abi, FakeKvm::Offer::layout_a}) {
        Fixture fixture{offer};
        fixture.kvm.exit(12, 5);
        ExitMeter meter{fixture.source, FakeKvm::cpuid_of_current};
        Reading last;
        meter.read_now(last);
        EXPECT_EQ(last.exits.of(12), 5U);
        EXPECT_EQ(last.exits.sum(), last.exits.total);
        // The next read sees its own exit and everything before it.
        const auto now = FakeKvm::cpuid_of_current(0x4fffffff, 0);
        EXPECT_EQ(now.eax, last.exits.total + last.reads_after + 1);
    }
}

}  // namespace
}  // namespace exitscope::meter
