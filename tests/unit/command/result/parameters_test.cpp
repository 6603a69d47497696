// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
//
// KVM's parameters beside a count that is wrong, and below a table where none is.

#include <gtest/gtest.h>

#include "golden.h"
#include "log_writer.h"
#include "print/table.h"
#include "report/report_parser.h"
#include "result/judge.h"

namespace exitscope::command::result {
namespace {

constexpr std::string_view caching =
    "kvm.mmio_caching=N (an access to a device's address is a fault each time, no misconfiguration)";

Judgement judge_failing(const std::string& mmio_caching) {
    const auto log =
        LogWriter{}
            .begin("vmx", "two-dimensional", 1)
            .line("not ok 1 hlt")
            .exact(
                "record=workload name=hlt verdict=FAIL iterations=100 total=99 exits.12=99 expected.12=100 "
                "each=12*1 message=\"reason 12: expected 100, found 99\"")
            .vary(
                "record=workload name=hlt total=104 reads=1 noise.1=4 guest_min=1 guest_median=2 guest_max=3")
            .vary("record=final total=300 exits.12=100 exits.32=200")
            .end("FAIL")
            .log();
    auto circumstances = golden_circumstances("ept=1");
    circumstances.qemu_status = 35;
    circumstances.host->parameters["kvm"]["mmio_caching"] = mmio_caching;
    return judge(report::parse_report(log), circumstances);
}

TEST(Parameters, ThatTheOraclesAreNotForAreNamedWhereACountIsWrong) {
    EXPECT_EQ(judge_failing("Y").problems.at(0).message, "hlt: HLT: expected 100, found 99");
    EXPECT_EQ(judge_failing("N").problems.at(0).message,
              fmt::format("hlt: HLT: expected 100, found 99; the oracles are for other parameters than this "
                          "KVM's {}",
                          caching));
}

TEST(Parameters, ThatTheOraclesAreNotForAreNamedWhereNoCountIsWrong) {
    auto result = golden_result("ept=1");
    EXPECT_TRUE(print::make_table(std::vector{result}).notes.empty());
    result.host->parameters["kvm"]["mmio_caching"] = "N";
    EXPECT_EQ(print::make_table(std::vector{result}).notes,
              std::vector{fmt::format("ept=1: the oracles are for other parameters than {}", caching)});
}

}  // namespace
}  // namespace exitscope::command::result
