// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "trace/event_format.h"

#include <gtest/gtest.h>

namespace exitscope::trace {
namespace {

/// Of Linux 6.12, shortened.
constexpr std::string_view format =
    "name: kvm_exit\n"
    "ID: 812\n"
    "format:\n"
    "\tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;\n"
    "\tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;\n"
    "\n"
    "\tfield:unsigned int exit_reason;\toffset:8;\tsize:4;\tsigned:0;\n"
    "\tfield:unsigned long guest_rip;\toffset:16;\tsize:8;\tsigned:0;\n"
    "\tfield:u32 isa;\toffset:24;\tsize:4;\tsigned:0;\n"
    "\tfield:unsigned int vcpu_id;\toffset:56;\tsize:4;\tsigned:0;\n"
    "\tfield:u8 insn[15];\toffset:60;\tsize:15;\tsigned:0;\n"
    "\n"
    "print fmt: \"vcpu %u reason %s%s%s rip 0x%lx\", REC->vcpu_id, REC->exit_reason\n";

std::string with(std::string_view from, std::string_view to) {
    std::string text{format};
    return text.replace(text.find(from), from.size(), to);
}

std::string problem_of(std::string_view text, std::string_view wanted = "exit_reason") {
    try {
        static_cast<void>(read_fields(text, "kvm_exit", {wanted}));
        return "none";
    } catch (const CannotTrace& problem) {
        return problem.what();
    }
}

TEST(EventFormatTest, FieldsStandWhereTheFileSays) {
    EXPECT_EQ(read_fields(format, "kvm_exit", {"vcpu_id", "exit_reason", "isa"}),
              (std::vector<EventField>{{"vcpu_id", 56, 4}, {"exit_reason", 8, 4}, {"isa", 24, 4}}));
    EXPECT_EQ(read_fields(format, "kvm_exit", {}), std::vector<EventField>{});
}

TEST(EventFormatTest, AFieldThatMovedOrGrewIsFollowed) {
    const auto moved = with("exit_reason;\toffset:8;\tsize:4", "exit_reason;\toffset:4096;\tsize:8");
    EXPECT_EQ(read_fields(moved, "kvm_exit", {"exit_reason"}),
              (std::vector<EventField>{{"exit_reason", 4096, 8}}));
}

TEST(EventFormatTest, AFieldThatIsMissingOrNoNumberIsRefused) {
    EXPECT_EQ(problem_of(with("exit_reason;", "reason;")),
              "the tracepoint kvm_exit of this kernel has no field exit_reason");
    EXPECT_EQ(problem_of(with("exit_reason;\toffset:8;\tsize:4", "exit_reason;\toffset:8;\tsize:2")),
              "the field exit_reason of the tracepoint kvm_exit has 2 bytes; 4 or 8 are known");
    EXPECT_EQ(problem_of(with("offset:8;", "offset:x;")),
              "the tracepoint kvm_exit of this kernel has no field exit_reason");
    EXPECT_EQ(problem_of("", "isa"), "the tracepoint kvm_exit of this kernel has no field isa");
    EXPECT_EQ(problem_of(format, "insn"), "the tracepoint kvm_exit of this kernel has no field insn");
    // Only in the text for printing.
    EXPECT_EQ(problem_of(format, "rip"), "the tracepoint kvm_exit of this kernel has no field rip");
}

}  // namespace
}  // namespace exitscope::trace
