// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <gtest/gtest.h>

#include "golden.h"
#include "prices/prices.h"
#include "text/file.h"

namespace exitscope::command::prices {
namespace {

using enum model::VmxExitReason;

/// A workload of N = 100 with these exits a step.
report::WorkloadReport measured(const std::string& name, const evidence::Counts& each) {
    report::WorkloadReport workload{
        .name = name, .group = "nested", .verdict = model::Verdict::pass, .iterations = 100};
    for (const auto& [reason, count] : each) {
        workload.exits[reason] = 100 * count;
        workload.doubled[reason] = 200 * count;
    }
    return workload;
}

/// A result of ept=1 with these workloads alone, of the kernel that golden_host() names or of another one.
result::Result of(std::vector<report::WorkloadReport> workloads, const std::string& kernel = {}) {
    auto result = golden_result("ept=1");
    result.workloads = std::move(workloads);
    if (!kernel.empty())
        result.host->kernel = kernel;
    return result;
}

const std::vector<report::Description> list{{"nested_hypercall", "nested", "a hypercall", "why", "source"}};

std::string page(const std::vector<result::Result>& results) {
    return nested_markdown(list, results);
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

const auto turn = measured("nested_hypercall", {{number_of(vmresume), 1}, {number_of(vmcall), 1}});

TEST(NestedPrices, AnOperationIsComparedWithThatOfAPlainGuest) {
    const auto text =
        page({of({measured("cpuid", {{number_of(cpuid), 1}}),
                  measured("nested_cpuid", {{number_of(cpuid), 1}, {number_of(vmresume), 1}})})});
    EXPECT_TRUE(has(text, "| `nested_cpuid` | `cpuid` | 2 for 1, x 2 | - | - | - |\n")) << text;
}

TEST(NestedPrices, TheHypercallBehindAnOperationIsTakenOff) {
    const auto own = measured("nested_cr3_write",
                              {{number_of(vmresume), 1}, {number_of(vmcall), 1}, {number_of(cr_access), 3}});
    const auto plain = measured("cr3_write", {{number_of(cr_access), 2}});
    EXPECT_TRUE(has(page({of({own, plain, turn})}), "`cr3_write` | 3 for 2, x 1.5 | - |"));
    // Without its price nothing can be said.
    EXPECT_TRUE(has(page({of({own, plain})}), "| `nested_cr3_write` | `cr3_write` | - | - |"));
}

TEST(NestedPrices, WhatIsFreeForAPlainGuestHasNoFactor) {
    const auto own = measured("nested_rdmsr", {{number_of(msr_read), 1}, {number_of(vmresume), 1}});
    EXPECT_TRUE(has(page({of({own, measured("rdmsr_no_exit", {})})}), "`rdmsr_no_exit` | 2 for 0 | - |"));
}

TEST(NestedPrices, WhatWasNotMeasuredHasNoNumber) {
    auto skipped = measured("nested_cpuid", {});
    skipped.verdict = model::Verdict::skip;
    EXPECT_TRUE(has(page({of({skipped, measured("cpuid", {{number_of(cpuid), 1}})})}),
                    "| `nested_cpuid` | `cpuid` | - | - | - | - |"));
}

TEST(NestedPrices, AShadowVmcsSavesWhatItsFieldsCostLess) {
    const auto field = [](const std::string& name, model::VmxExitReason reason, std::uint64_t exits) {
        return measured(name, {{number_of(reason), exits}});
    };
    const auto saved = "| of each `nested_cpuid_handled`, by a shadow VMCS |";
    const std::vector rare{field("nested_vmread_rare", vmread, 1), field("nested_vmwrite_rare", vmwrite, 1)};
    auto with = rare;
    with.push_back(field("nested_vmread", vmread, 0));
    with.push_back(field("nested_vmwrite", vmwrite, 0));
    EXPECT_TRUE(has(page({of(with)}), std::string{saved} + " 4 | - |"));
    auto without = rare;
    without.push_back(field("nested_vmread", vmread, 1));
    without.push_back(field("nested_vmwrite", vmwrite, 1));
    EXPECT_TRUE(has(page({of(without)}), std::string{saved} + " 0 | - |"));
    EXPECT_TRUE(has(page({of(rare)}), std::string{saved} + " - | - |"));
}

TEST(NestedPrices, KernelsThatDifferAreNamedInTheirOrder) {
    const auto dearer = measured("nested_hypercall", {{number_of(vmresume), 1}, {number_of(vmcall), 2}});
    EXPECT_TRUE(has(page({of({turn}, "6.12.5"), of({dearer}, "7.3.1"), of({turn}, "6.1.9")}),
                    "| `nested_hypercall` | a hypercall | 6.1, 6.12: 2; 7.3: 3 | - | - | - |"));
}

TEST(NestedPrices, AResultOfNoKernelIsRefused) {
    EXPECT_THROW(static_cast<void>(page({of({turn}, "none")})), text::InputError);
}

TEST(NestedPrices, AResultThatIsNoPassIsRefused) {
    auto failed = of({turn});
    failed.verdict = model::Verdict::fail;
    EXPECT_THROW(static_cast<void>(page({failed})), text::InputError);
}

}  // namespace
}  // namespace exitscope::command::prices
