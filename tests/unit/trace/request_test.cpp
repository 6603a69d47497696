// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "trace/request.h"

#include <gtest/gtest.h>

#include <vector>

namespace exitscope::trace {
namespace {

class TraceRequestTest : public testing::Test {
protected:
    /// What is wrong; empty if nothing is.
    std::string read(std::vector<std::string> words) {
        words_ = std::move(words);
        words_.insert(words_.begin(), "exitscope-trace");
        argv_.clear();
        for (auto& word : words_)
            argv_.push_back(word.data());
        argv_.push_back(nullptr);
        return parse_request(static_cast<int>(words_.size()), argv_.data(), request);
    }

    TraceRequest request;

private:
    std::vector<std::string> words_;
    std::vector<char*> argv_;
};

TEST_F(TraceRequestTest, CommandKeepsItsOwnOptions) {
    EXPECT_EQ(read({"--marks", "m", "qemu", "--marks", "-x"}), "");
    EXPECT_STREQ(request.marks, "m");
    EXPECT_EQ(request.room, 4096U);
    EXPECT_STREQ(request.command[0], "qemu");
    EXPECT_STREQ(request.command[2], "-x");
    EXPECT_EQ(request.windows, nullptr);
    EXPECT_EQ(request.command[3], nullptr);
    EXPECT_EQ(read({"--room", "8", "--windows", "w", "--marks", "m", "--", "--room"}), "");
    EXPECT_STREQ(request.windows, "w");
    EXPECT_EQ(request.room, 8U);
    EXPECT_STREQ(request.command[0], "--room");
}

TEST_F(TraceRequestTest, RoomIsAPowerOfTwoOfPages) {
    const std::string wrong = "--room is a power of two, 4 to 1048576";
    EXPECT_EQ(read({"--marks", "m", "--room", "4", "x"}), "");
    EXPECT_EQ(read({"--marks", "m", "--room", "1048576", "x"}), "");
    for (const auto* const room : {"", "0", "2", "6", "2097152", "-4", "8k", "4294967296"})
        EXPECT_EQ(read({"--marks", "m", "--room", room, "x"}), wrong) << room;
}

TEST_F(TraceRequestTest, WhatIsMissingIsNamed) {
    EXPECT_EQ(read({}), "--marks FILE is wanted");
    EXPECT_EQ(read({"x"}), "--marks FILE is wanted");
    EXPECT_EQ(read({"--marks", "m"}), "the COMMAND is wanted that runs the VM");
    EXPECT_EQ(read({"--marks"}), "the last option wants a value");
    EXPECT_EQ(read({"--nonsense"}), "there is no such option");
    EXPECT_EQ(read({"--help"}), "");
    EXPECT_TRUE(request.help);
}

}  // namespace
}  // namespace exitscope::trace
