// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "trace/mark_lines.h"

#include <gtest/gtest.h>

#include <limits>

namespace exitscope::trace {
namespace {

constexpr std::uint32_t vmx = 1;
constexpr std::uint32_t svm = 2;

TEST(MarkLinesTest, AMarkHasItsReasonsAsTheManualPrintsThem) {
    trace_mark mark{.number = 3, .vcpu = 1, .slot = 1, .isa = vmx, .unused = 0, .total = 11, .exits = {}};
    mark.exits[10] = 7;
    mark.exits[48] = 4;
    EXPECT_EQ(line_of(mark),
              "{\"mark\":3,\"vcpu\":1,\"slot\":1,\"total\":11,\"exits\":{\"10\":7,\"48\":4}}\n");
    mark.isa = svm;
    mark.exits[EXIT_BUCKET_NPF] = 1;
    mark.exits[EXIT_BUCKET_NEGATIVE] = 2;
    EXPECT_EQ(line_of(mark),
              "{\"mark\":3,\"vcpu\":1,\"slot\":1,\"total\":11,\"exits\":{\"0xa\":7,\"0x30\":4,\"0x400\":1,"
              "\"0xffff\":2}}\n");
}

TEST(MarkLinesTest, WhatTheManualDoesNotDefineIsNotLeftOut) {
    trace_mark mark{.number = 1, .vcpu = 0, .slot = 0, .isa = vmx, .unused = 0, .total = 6, .exits = {}};
    mark.exits[35] = 1;
    mark.exits[EXIT_BUCKET_NPF] = 2;
    mark.exits[EXIT_BUCKET_OTHERS] = 3;
    EXPECT_EQ(line_of(mark), "{\"mark\":1,\"vcpu\":0,\"slot\":0,\"total\":6,\"exits\":{},\"others\":6}\n");
}

TEST(MarkLinesTest, AWindowIsToldWithoutTheCpuidThatEndsIt) {
    trace_mark begin{.number = 1, .vcpu = 0, .slot = 0, .isa = svm, .unused = 0, .total = 10, .exits = {}};
    begin.exits[0x72] = 10;
    auto end = begin;
    end.slot = 1;
    end.exits[0x72] = 11;
    EXPECT_EQ(window_of(begin, end), ";");
    end.exits[0x72] = 14;
    end.exits[EXIT_BUCKET_NPF] = 2;
    EXPECT_EQ(window_of(begin, end), "0x72:3,0x400:2;");
    begin.isa = end.isa = vmx;
    begin.exits[10] = 1;
    end.exits[10] = 102;
    end.exits[EXIT_BUCKET_NPF] = begin.exits[0x72] = end.exits[0x72] = 0;
    EXPECT_EQ(window_of(begin, end), "10:100;");
}

TEST(MarkLinesTest, TheLargestCountsAreExact) {
    trace_vcpu vcpu{};
    vcpu.isa = svm;
    vcpu.total = std::numeric_limits<std::uint64_t>::max();
    vcpu.marks = 2;
    vcpu.exits[0x72] = vcpu.total;
    EXPECT_EQ(line_of(vcpu, 63),
              "{\"final\":63,\"marks\":2,\"total\":18446744073709551615,\"exits\":{\"0x72\":"
              "18446744073709551615}}\n");
}

TEST(MarkLinesTest, TheLastLineTellsWhatWasLost) {
    EXPECT_EQ(last_line(svm, trace_losses{}),
              "{\"end\":true,\"isa\":\"svm\",\"lost_marks\":0,\"lost_exits\":0}\n");
    EXPECT_EQ(last_line(0, trace_losses{.marks = 2, .exits = 5}),
              "{\"end\":true,\"isa\":\"unknown\",\"lost_marks\":2,\"lost_exits\":5}\n");
}

}  // namespace
}  // namespace exitscope::trace
