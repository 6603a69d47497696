// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "reader.h"

#include <gtest/gtest.h>

#include "fake_kvm.h"

namespace exitscope::exitstat {
namespace {

using test::FakeKvm;
using Offer = FakeKvm::Offer;

class ReaderTest : public testing::Test {
protected:
    Snapshot difference_of_work(Scope scope = Scope::vcpu) {
        kvm.use();
        Reader reader{FakeKvm::cpuid_of_current, scope};
        reader.begin();
        kvm.exit(10, 7);
        kvm.exit(48, 100);
        reader.end();
        Snapshot snapshot;
        reader.read_difference(snapshot);
        return snapshot;
    }

    FakeKvm kvm;
};

TEST_F(ReaderTest, DifferenceIsTheWorkAlone) {
    for (const auto offer : {Offer::abi, Offer::layout_a, Offer::layout_b, Offer::layout_c}) {
        kvm = {};
        kvm.offer = offer;
        const auto snapshot = difference_of_work();
        EXPECT_EQ(snapshot.exits.total, 107U);
        EXPECT_EQ(snapshot.exits.of(10), 7U);
        EXPECT_EQ(snapshot.exits.of(48), 100U);
        EXPECT_EQ(snapshot.exits.sum(), 107U);
        EXPECT_FALSE(snapshot.since_creation);
    }
}

TEST_F(ReaderTest, CourseworkCountersMayWrap) {
    kvm.offer = Offer::layout_b;
    kvm.set(48, 0xffff'ffc0);
    kvm.set_total(0xffff'fe00);
    const auto snapshot = difference_of_work();
    EXPECT_EQ(snapshot.exits.of(48), 100U);
    EXPECT_EQ(snapshot.exits.total, 107U);
}

TEST_F(ReaderTest, ScopeIsWhatTheCountersCanTell) {
    EXPECT_EQ(difference_of_work(Scope::vcpu).scope, Scope::vcpu);
    const auto whole = difference_of_work(Scope::vm);
    EXPECT_EQ(whole.scope, Scope::vm);
    EXPECT_EQ(whole.exits.total, 107U);
    EXPECT_EQ(whole.cycles.sum(), 0U);
    kvm.offer = Offer::layout_a;
    EXPECT_EQ(difference_of_work(Scope::vcpu).scope, Scope::vm);
}

TEST_F(ReaderTest, AllSoFarAddsUp) {
    for (const auto offer : {Offer::abi, Offer::layout_a}) {
        kvm = {};
        kvm.offer = offer;
        kvm.exit(12, 5);
        kvm.use();
        Reader reader{FakeKvm::cpuid_of_current, Scope::vcpu};
        Snapshot snapshot;
        reader.read_all(snapshot);
        EXPECT_TRUE(snapshot.since_creation);
        EXPECT_EQ(snapshot.exits.of(12), 5U);
        EXPECT_EQ(snapshot.exits.sum(), snapshot.exits.total);
        // The fake's cycles are a thousand an exit, for the exits that were latched.
        EXPECT_EQ(snapshot.cycles.of(12), 0U);
        const auto index = model::index_of(model::InstructionSet::vmx, 12);
        EXPECT_EQ(snapshot.cycles.by_index[*index], offer == Offer::abi ? 5000U : 0U);
    }
}

TEST_F(ReaderTest, CountersThatBeganAnewAreNoticed) {
    EXPECT_FALSE(difference_of_work().restarted);
    kvm.use();
    Reader reader{FakeKvm::cpuid_of_current, Scope::vcpu};
    reader.begin();
    kvm.move();
    reader.end();
    Snapshot snapshot;
    reader.read_difference(snapshot);
    EXPECT_TRUE(snapshot.restarted);
    reader.begin();
    reader.end();
    reader.read_difference(snapshot);
    EXPECT_FALSE(snapshot.restarted);
    EXPECT_EQ(snapshot.exits.total, 0U);
}

TEST_F(ReaderTest, StockKvmHasNone) {
    for (const auto offer : {Offer::nothing, Offer::stock_intel}) {
        kvm.offer = offer;
        kvm.use();
        EXPECT_FALSE((Reader{FakeKvm::cpuid_of_current, Scope::vcpu}.source().found()));
    }
}

// A KVM without counters answers nothing, and need not be asked.
TEST_F(ReaderTest, FromOutsideAReadingIsAMarkAndNothingElse) {
    kvm.offer = Offer::nothing;
    kvm.use();
    Reader reader{FakeKvm::cpuid_of_current, Scope::vcpu, true};
    EXPECT_EQ(kvm.total(), 0U);
    Snapshot snapshot;
    reader.read_all(snapshot);
    EXPECT_EQ(kvm.total(), 1U);
    EXPECT_TRUE(snapshot.since_creation && snapshot.source.outside);
    reader.begin();
    reader.end();
    reader.read_difference(snapshot);
    EXPECT_EQ(kvm.total(), 3U);
    EXPECT_FALSE(snapshot.since_creation);
    EXPECT_EQ(snapshot.exits.total, 0U);
}

}  // namespace
}  // namespace exitscope::exitstat
