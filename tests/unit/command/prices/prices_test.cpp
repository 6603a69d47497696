// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "prices/prices.h"

#include <gtest/gtest.h>

#include "golden.h"
#include "text/file.h"

namespace exitscope::command::prices {
namespace {

constexpr auto vmx = model::InstructionSet::vmx;

const std::vector<report::Description> list{{"cpuid", "canary", "", "it always exits", "SDM"},
                                            {"hlt", "interrupt", "", "a | b", "APM *"}};

/// A PASS of those two on a kernel.
result::Result result_of(std::string_view setting, std::string_view kernel) {
    auto result = golden_result(setting);
    std::erase_if(result.workloads,
                  [](const auto& each) { return each.name != "cpuid" && each.name != "hlt"; });
    result.host->kernel = kernel;
    return result;
}

std::string problem_of(const std::vector<result::Result>& results) {
    try {
        return prices_markdown(list, results);
    } catch (const text::InputError& problem) {
        return problem.what();
    }
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

TEST(PricesTest, PriceIsMeasuredWhateverTheOracleSays) {
    const report::WorkloadReport workload{.name = "w",
                                          .iterations = 100,
                                          .exits = {{30, 103}, {48, 7}},
                                          .expected = {{30, 1}},
                                          .doubled = {{30, 203}, {48, 7}},
                                          .each = {{30, 99, "port:0x80"}}};
    EXPECT_EQ(measured_price(workload), (MeasuredPrice{{{30, 1}}, {{30, 3}, {48, 7}}}));
    EXPECT_EQ(price_text(vmx, workload),
              "1 IO_INSTRUCTION (port:0x80) + once 3 IO_INSTRUCTION, 7 EPT_VIOLATION");
}

TEST(PricesTest, NothingIsZeroAndOnceStandsAfterIt) {
    EXPECT_EQ(price_text(vmx, {.iterations = 5}), "0");
    EXPECT_EQ(price_text(vmx, {.iterations = 5, .exits = {{48, 1}}, .doubled = {{48, 1}}}),
              "0 + once 1 EPT_VIOLATION");
}

TEST(PricesTest, CausesOfOneReasonAreListedWithTheirNumbers) {
    EXPECT_EQ(price_text(vmx, {.iterations = 1,
                               .exits = {{32, 3}},
                               .doubled = {{32, 6}},
                               .each = {{32, 2, "msr:0x838"}, {32, 1, "msr:0x80b"}}}),
              "3 MSR_WRITE (2 msr:0x838, msr:0x80b)");
}

TEST(PricesTest, CountsOnNoStraightLineAreRefused) {
    for (const std::uint64_t doubled : {99U, 199U, 201U, 301U})
        EXPECT_THROW(static_cast<void>(measured_price(
                         {.iterations = 100, .exits = {{30, 100}}, .doubled = {{30, doubled}}})),
                     text::InputError)
            << doubled;
    EXPECT_THROW(static_cast<void>(measured_price({.iterations = 0, .doubled = {{30, 1}}})),
                 text::InputError);
}

TEST(PricesTest, KernelsThatAgreeShareACell) {
    auto newer = result_of("ept=1", "6.12.9-x");
    EXPECT_TRUE(has(problem_of({newer, result_of("ept=1", "6.1.192-x")}),
                    "| `cpuid` | 1 CPUID | - | - | - | it always exits (SDM) |\n"));
    newer.workloads[0].exits[10] = 200;
    newer.workloads[0].doubled[10] = 400;
    EXPECT_TRUE(has(problem_of({newer, result_of("ept=1", "6.1.192-x")}),
                    "| `cpuid` | 6.1: 1 CPUID; 6.12: 2 CPUID | - | - | - |"));
    EXPECT_TRUE(has(problem_of({newer, result_of("ept=1", "6.1.192-x"), result_of("ept=1", "7.3.4-x")}),
                    "| `cpuid` | 6.1, 7.3: 1 CPUID; 6.12: 2 CPUID | - | - | - |"));
}

TEST(PricesTest, WhatWasMeasuredStandsInTheHead) {
    const auto text = problem_of({result_of("ept=1", "6.1.192-x"), result_of("ept=0", "6.1.192-x")});
    EXPECT_TRUE(
        has(text,
            "- Linux 6.1.192-x, QEMU QEMU emulator version 7.2.22, CPU emulated by bochs 2.7, N = 100: "
            "`ept=1`, `ept=0`\n"))
        << text;
    EXPECT_TRUE(has(text, "\n## canary\n") && has(text, "\n## interrupt\n"));
    EXPECT_TRUE(has(text, " a \\| b (APM \\*) |\n"));
}

TEST(PricesTest, SkipsAreFootnotesByReason) {
    auto result = result_of("npt=1", "6.1.1");
    for (auto& workload : result.workloads)
        workload = {.name = workload.name, .verdict = model::Verdict::skip, .message = "no TSC"};
    const auto text = problem_of({result});
    EXPECT_TRUE(has(text, "| `cpuid` | - | - | SKIP[^1] | - |") &&
                has(text, "| `hlt` | - | - | SKIP[^1] | - |"));
    EXPECT_TRUE(has(text, "\n[^1]: SKIP: no TSC\n") && !has(text, "[^2]"));
}

TEST(PricesTest, WhatOneResultSkipsAnotherMayHaveMeasured) {
    auto one = result_of("npt=1", "6.1.1");
    auto two = result_of("npt=1", "6.1.1");
    one.workloads[0] = {
        .name = one.workloads[0].name, .verdict = model::Verdict::skip, .message = "one vCPU only"};
    std::erase_if(two.workloads, [&](const auto& each) { return each.name != one.workloads[0].name; });
    one.run->vcpus = 1;
    two.run->vcpus = 2;
    const auto text = problem_of({one, two});
    EXPECT_EQ(text, problem_of({two, one}));
    EXPECT_FALSE(has(text, "SKIP"));
    EXPECT_TRUE(has(text, "vCPUs: 1: `npt=1`") && has(text, "vCPUs: 2: `npt=1`"));
}

TEST(PricesTest, TerminalWorkloadHasThePriceOfTheTracepoint) {
    auto result = result_of("ept=0", "6.1.1");
    result.terminal = report::Terminal{"triple_fault", {{2, 1}}};
    EXPECT_TRUE(has(problem_of({result}), "\n## terminal\n"));
    EXPECT_TRUE(has(problem_of({result}), "| `triple_fault` | - | ends the VM (not counted) | - | - |"));
    result.terminal_traced = evidence::Counts{{2, 1}};
    EXPECT_TRUE(has(problem_of({result}), "| `triple_fault` | - | 1 TRIPLE_FAULT, ends the VM | - | - |"));
}

TEST(PricesTest, ResultsThatAreNoGroundForAPriceAreRefused) {
    auto failed = result_of("ept=1", "6.1.1");
    failed.verdict = model::Verdict::fail;
    EXPECT_EQ(problem_of({failed}), "the result of ept=1 is FAIL; a price comes from a PASS only");
    auto nameless = result_of("ept=1", "6.1.1");
    nameless.host.reset();
    EXPECT_TRUE(has(problem_of({nameless}), "does not say of which kernel it is"));
    EXPECT_EQ(problem_of({result_of("ept=1", "6.1.1"), result_of("ept=1", "6.1.2")}),
              "two results of ept=1 on 6.1 have measured cpuid; give one");
    auto other = result_of("ept=1", "6.1.1");
    other.workloads[0].name = "new_one";
    EXPECT_EQ(problem_of({other}),
              "the list does not know new_one; make it with the guest kernel that was measured");
}

}  // namespace
}  // namespace exitscope::command::prices
