// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "report/record.h"

#include <gtest/gtest.h>

#include "log_writer.h"

namespace exitscope::command::report {
namespace {

std::string record_line(std::string_view text) {
    auto line = sealed(text);
    line.pop_back();
    return line;
}

std::string problem_of(const std::string& line) {
    try {
        const Record record{line};
        return "none";
    } catch (const Malformed& problem) {
        return problem.what();
    }
}

TEST(RecordTest, CheckSumIsZlibs) {
    EXPECT_EQ(crc32_of("123456789"), 0xcbf43926U);
    EXPECT_EQ(crc32_of(""), 0U);
}

TEST(RecordTest, GuestsOwnLineIsRead) {
    const std::string line =
        "# exact 1 record=workload name=cpuid verdict=PASS iterations=100 total=100 exits.10=100 "
        "expected.10=100 crc=daa59b42";
    const Record record{line};
    EXPECT_EQ(record.kind(), model::RecordKind::exact);
    EXPECT_EQ(record.position(), 1U);
    EXPECT_EQ(record.word("name"), "cpuid");
    EXPECT_EQ(record.number("total"), 100U);
    EXPECT_EQ(record.counts("exits", model::InstructionSet::vmx), (evidence::Counts{{10, 100}}));
    EXPECT_TRUE(record.counts("noise", model::InstructionSet::vmx).empty());
}

TEST(RecordTest, QuotedValueMayHoldSpacesAndEqualsSigns) {
    const auto line = record_line("# exact 3 record=error message=\"a=b crc=1 c\" more=1");
    const Record record{line};
    EXPECT_EQ(record.word("message"), "a=b crc=1 c");
    EXPECT_EQ(record.word("more"), "1");
}

TEST(RecordTest, CostsAreRead) {
    const auto line = record_line("# exact 1 each=30*1@port:0x80,32*2 once=10*0 empty=\"\" what=30*1@");
    const Record record{line};
    EXPECT_EQ(record.costs("each", model::InstructionSet::vmx),
              (evidence::ReportedCosts{{30, 1, "port:0x80"}, {32, 2, ""}}));
    EXPECT_EQ(record.costs("none", model::InstructionSet::vmx), evidence::ReportedCosts{});
    for (const auto* key : {"once", "empty", "what"})
        EXPECT_THROW(static_cast<void>(record.costs(key, model::InstructionSet::vmx)), Malformed) << key;
    EXPECT_THROW(static_cast<void>(record.costs("each", model::InstructionSet::svm)), Malformed);
}

TEST(RecordTest, CheckSumAloneIsNoRecord) {
    for (const auto* start : {"# exact", "# vary"})
        EXPECT_EQ(problem_of(record_line(start)), "a record with nothing but a check sum");
}

TEST(RecordTest, SyntaxErrorsAreNamed) {
    EXPECT_EQ(problem_of("# exact 1 a=1"), "a record without a check sum; the line is cut or mangled");
    EXPECT_EQ(problem_of("# exact 1 a=1 crc=00000000"),
              "check sum '00000000', but the line's text gives 994b517d");
    EXPECT_EQ(problem_of(record_line("# exact x a=1")), "no record number: 'x'");
    EXPECT_EQ(problem_of(record_line("# exact 1 a")), "no key=value: 'a'");
    EXPECT_EQ(problem_of(record_line("# exact 1 A=1")), "no key=value: 'A=1'");
    EXPECT_EQ(problem_of(record_line("# exact 1 a=1 a=1")), "the key a stands twice");
    EXPECT_EQ(problem_of(record_line("# exact 1 a=\"b")), "a quoted value without its end");
    EXPECT_EQ(problem_of(record_line("# exact 1 a=b\"c")), "a quote within a value: 'b\"c'");
    EXPECT_EQ(problem_of(record_line("# exact 1 a=\"b\"c=1")), "no space before 'c=1'");
}

TEST(RecordTest, NumbersAndReasonsAreChecked) {
    const auto line = record_line("# vary 2 big=18446744073709551616 exits.35=1 noise.1=x");
    const Record record{line};
    EXPECT_THROW(static_cast<void>(record.number("big")), Malformed);
    EXPECT_THROW(static_cast<void>(record.number("none")), Malformed);
    EXPECT_THROW(static_cast<void>(record.counts("exits", model::InstructionSet::vmx)), Malformed);
    EXPECT_THROW(static_cast<void>(record.counts("noise", model::InstructionSet::vmx)), Malformed);
    EXPECT_THROW(static_cast<void>(record.counts("exits", model::InstructionSet::unknown)), Malformed);
}

}  // namespace
}  // namespace exitscope::command::report
