// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "meter/counter_source.h"

#include <gtest/gtest.h>

#include "fake_kvm.h"

namespace exitscope::meter {

using test::FakeKvm;
namespace {

CounterSource find_in(FakeKvm& kvm) {
    kvm.use();
    return find_counters(FakeKvm::cpuid_of_current);
}

TEST(CounterSource, SignatureGivesInstructionSetPagingAndFeatures) {
    FakeKvm kvm;
    kvm.isa = model::InstructionSet::svm;
    kvm.paging = model::Paging::shadow;
    const auto source = find_in(kvm);
    EXPECT_EQ(source.name, "exitscope");
    EXPECT_EQ(source.isa, model::InstructionSet::svm);
    EXPECT_EQ(source.paging, model::Paging::shadow);
    EXPECT_EQ(source.features, 15U);
    EXPECT_EQ(source.reasons, 80U);
    EXPECT_EQ(source.width, model::CounterWidth::bits_64);
    EXPECT_TRUE(source.can_latch());
}

TEST(CounterSource, KvmWithoutCountersHasNone) {
    FakeKvm kvm;
    kvm.offer = FakeKvm::Offer::nothing;
    EXPECT_FALSE(find_in(kvm).found());
    EXPECT_EQ(find_in(kvm).name, "none");
}

TEST(CounterSource, ValuesThatAreNotZeroButDoNotCountAreNoCounters) {
    FakeKvm kvm;
    kvm.offer = FakeKvm::Offer::stock_intel;
    EXPECT_FALSE(find_in(kvm).found());
}

TEST(CounterSource, UnknownAbiVersionIsTriedByBehaviourOnly) {
    FakeKvm kvm;
    kvm.abi_version = 2;
    const auto source = find_in(kvm);
    EXPECT_EQ(source.name, "layout-a");
    EXPECT_FALSE(source.can_latch());
}

TEST(CounterSource, MissingLatchIsTriedByBehaviourOnly) {
    FakeKvm kvm;
    kvm.features = 5;
    EXPECT_EQ(find_in(kvm).name, "layout-a");
}

// Course patches that index their array before they look at the number read behind its end.
TEST(CounterSource, NoLargeNumberIsAskedFor) {
    for (const auto offer : {FakeKvm::Offer::nothing, FakeKvm::Offer::stock_intel}) {
        FakeKvm kvm;
        kvm.offer = offer;
        EXPECT_FALSE(find_in(kvm).found());
        EXPECT_EQ(kvm.largest_subleaf(), 0x72U);
        EXPECT_LT(kvm.total(), 90U);
    }
    FakeKvm kvm;
    kvm.offer = FakeKvm::Offer::layout_a;
    kvm.isa = model::InstructionSet::svm;
    EXPECT_TRUE(find_in(kvm).found());
    EXPECT_EQ(kvm.largest_subleaf(), 167U);
    static_assert(!model::index_of(model::InstructionSet::vmx, 35));
    static_assert(model::index_of(model::InstructionSet::svm, 35));
    static_assert(!model::index_of(model::InstructionSet::svm, 167));
}

FakeKvm coursework(FakeKvm::Leaves leaves) {
    FakeKvm kvm;
    kvm.offer = FakeKvm::Offer::coursework;
    kvm.leaves = leaves;
    return kvm;
}

TEST(CourseworkCounters, ThatAreOfNoUseSayWhatIsMissing) {
    auto kvm = coursework({.total = 0x4fffffff});
    auto source = find_in(kvm);
    EXPECT_FALSE(source.found());
    EXPECT_EQ(source.name, "none");
    EXPECT_EQ(source.coursework.problem, "a total, but no counts by reason");
    EXPECT_EQ(source.coursework.problem_leaf, 0x4fffffffU);

    kvm = coursework({.reason = 0x4ffffffd});
    source = find_in(kvm);
    EXPECT_FALSE(source.found());
    EXPECT_EQ(source.coursework.problem, "counts by reason, but no total");
    EXPECT_EQ(source.coursework.problem_leaf, 0x4ffffffdU);

    // Cycles grow, too, and are no counts.
    kvm = coursework({.cycles = 0x4ffffffc});
    EXPECT_FALSE(find_in(kvm).found());
    EXPECT_EQ(find_in(kvm).coursework.problem, "");
}

TEST(CourseworkCounters, ThatCountACpuidTwiceAreRefused) {
    for (const auto isa : {model::InstructionSet::vmx, model::InstructionSet::svm}) {
        auto kvm = coursework({.total = 0x4fffffff, .reason = 0x4ffffffe});
        kvm.isa = isa;
        kvm.counts_per_cpuid = 2;
        EXPECT_FALSE(find_in(kvm).found());
        EXPECT_EQ(find_in(kvm).coursework.problem, "each CPUID is counted twice");
    }
}

TEST(CourseworkCounters, NeedNoCyclesAndNoAnswerForUndefinedReasons) {
    auto kvm = coursework({.total = 0x4fffffff, .reason = 0x4ffffffd});
    auto source = find_in(kvm);
    EXPECT_EQ(source.name, "layout-b");
    EXPECT_EQ(source.coursework.cycles_remark, "no leaf has the cycles by reason");
    EXPECT_EQ(source.coursework.undefined_remark, "");

    for (const auto isa : {model::InstructionSet::vmx, model::InstructionSet::svm}) {
        kvm = coursework({0x4fffffff, 0x4ffffffd, 0x4ffffffc});
        kvm.isa = isa;
        kvm.undefined = {};
        source = find_in(kvm);
        EXPECT_EQ(source.name, "layout-b");
        EXPECT_EQ(source.isa, isa);
        EXPECT_EQ(source.coursework.cycles_remark, "");
        EXPECT_EQ(source.coursework.undefined_remark,
                  "undefined reasons are answered with zeros, not with EDX = 0xffffffff");
        kvm.undefined = {7, 0, 0, 0};
        EXPECT_EQ(find_in(kvm).coursework.undefined_remark,
                  "undefined reasons are answered with neither zeros nor EDX = 0xffffffff alone");
    }
}

TEST(CourseworkCounters, InLeavesOfNoKnownCourseAreReadAsTheyCount) {
    auto kvm = coursework({.total = 0x4ffffffd, .reason = 0x4ffffffc});
    const auto source = find_in(kvm);
    EXPECT_EQ(source.name, "layout-other");
    EXPECT_EQ(source.total_leaf, 0x4ffffffdU);
    EXPECT_EQ(source.reason_leaf, 0x4ffffffcU);
}

TEST(CourseworkCounters, MayWrapOrHaveAnUpperHalfWhileTheyAreLookedAt) {
    for (const bool wide : {false, true}) {
        for (std::uint64_t before = 0; before < 20; ++before) {
            auto kvm = coursework({.total = 0x4fffffff, .reason = 0x4ffffffe});
            kvm.wide = wide;
            kvm.set_total(0xffff'ffff - before);
            kvm.set(10, 0xffff'ffff - before);
            EXPECT_EQ(find_in(kvm).name, "layout-a") << before;
        }
    }
}

struct Layout {
    FakeKvm::Offer offer;
    model::InstructionSet isa;
    const char* name;
    std::uint32_t total_leaf;
    std::uint32_t reason_leaf;

    friend std::ostream& operator<<(std::ostream& out, const Layout& layout) { return out << layout.name; }
};

class CourseworkLayouts : public testing::TestWithParam<Layout> {};

TEST_P(CourseworkLayouts, IsRecognisedByBehaviour) {
    FakeKvm kvm;
    kvm.offer = GetParam().offer;
    kvm.isa = GetParam().isa;
    const auto source = find_in(kvm);
    EXPECT_EQ(source.name, GetParam().name);
    EXPECT_EQ(source.isa, GetParam().isa);
    EXPECT_EQ(source.total_leaf, GetParam().total_leaf);
    EXPECT_EQ(source.reason_leaf, GetParam().reason_leaf);
    EXPECT_EQ(source.width, model::CounterWidth::bits_32);
    EXPECT_EQ(source.paging, model::Paging::unknown);
    EXPECT_EQ(source.coursework.undefined_remark, "");
    EXPECT_EQ(source.coursework.cycles_remark, "");
}

INSTANTIATE_TEST_SUITE_P(
    AllThree, CourseworkLayouts,
    testing::Values(
        Layout{FakeKvm::Offer::layout_a, model::InstructionSet::vmx, "layout-a", 0x4fffffff, 0x4ffffffe},
        Layout{FakeKvm::Offer::layout_a, model::InstructionSet::svm, "layout-a", 0x4fffffff, 0x4ffffffe},
        Layout{FakeKvm::Offer::layout_b, model::InstructionSet::vmx, "layout-b", 0x4fffffff, 0x4ffffffd},
        Layout{FakeKvm::Offer::layout_c, model::InstructionSet::vmx, "layout-c", 0x4ffffffc, 0x4ffffffe}));

TEST(Epoch, IsTheBasisLeafsOrNone) {
    FakeKvm kvm;
    kvm.use();
    const auto source = find_counters(FakeKvm::cpuid_of_current);
    EXPECT_EQ(epoch_of(source, FakeKvm::cpuid_of_current), 0x1234'5678'9abc'def1U);
    kvm.features = 7;
    const auto before = kvm.total();
    EXPECT_EQ(epoch_of(find_counters(FakeKvm::cpuid_of_current), FakeKvm::cpuid_of_current), 0U);
    EXPECT_EQ(epoch_of({}, FakeKvm::cpuid_of_current), 0U);
    EXPECT_EQ(kvm.total(), before + 2);
}

}  // namespace
}  // namespace exitscope::meter
