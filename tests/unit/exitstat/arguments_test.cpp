// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "arguments.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace exitscope::exitstat {
namespace {

class ArgumentsTest : public testing::Test {
protected:
    /// What is wrong; `fine` else.
    std::string read(std::vector<std::string> words) {
        words_ = std::move(words);
        words_.insert(words_.begin(), "exitstat");
        argv_.clear();
        for (auto& word : words_)
            argv_.push_back(word.data());
        argv_.push_back(nullptr);
        const char* const problem = parse_arguments(static_cast<int>(words_.size()), argv_.data(), arguments);
        return problem == nullptr ? "fine" : problem;
    }

    Arguments arguments;

private:
    std::vector<std::string> words_;
    std::vector<char*> argv_;
};

TEST_F(ArgumentsTest, NothingIsAllSoFar) {
    EXPECT_EQ(read({}), "fine");
    EXPECT_FALSE(arguments.json || arguments.all || arguments.vcpu || arguments.interval || arguments.help);
    EXPECT_EQ(arguments.command, nullptr);
}

TEST_F(ArgumentsTest, CommandKeepsItsOwnOptions) {
    EXPECT_EQ(read({"--json", "--name", "touch", "--", "dd", "--json", "-x"}), "fine");
    EXPECT_TRUE(arguments.json);
    EXPECT_STREQ(arguments.name, "touch");
    EXPECT_STREQ(arguments.command[0], "dd");
    EXPECT_STREQ(arguments.command[1], "--json");
    EXPECT_STREQ(arguments.command[2], "-x");
    EXPECT_EQ(arguments.command[3], nullptr);
    EXPECT_EQ(read({"true", "--nonsense"}), "fine");
    EXPECT_STREQ(arguments.command[1], "--nonsense");
}

TEST_F(ArgumentsTest, SecondsAreReadToTheMillisecond) {
    const std::vector<std::pair<const char*, std::uint64_t>> seconds{
        {"1", 1000},    {"0.001", 1},      {"0.5", 500},
        {"2.25", 2250}, {"10.003", 10003}, {"1000000", 1'000'000'000}};
    for (const auto& [text, milliseconds] : seconds) {
        EXPECT_EQ(read({"--interval", text, "--count", "3"}), "fine") << text;
        EXPECT_EQ(arguments.interval, milliseconds) << text;
        EXPECT_EQ(arguments.rounds, 3U);
    }
    for (const auto* text : {"0", "0.0", "", ".5", "1.", "1.0001", "-1", "1s", "1000001", "1.-1"})
        EXPECT_EQ(read({"--interval", text}), "--interval is a number of seconds, 0.001 to 1000000") << text;
}

TEST_F(ArgumentsTest, WrongUsageIsNamed) {
    EXPECT_EQ(read({"--nonsense"}), "there is no such option");
    EXPECT_EQ(read({"--vcpu"}), "the last option wants a value");
    for (const auto* number : {"", "x", "-1", "4097", "1x"})
        EXPECT_EQ(read({"--vcpu", number}), "--vcpu is the number of a CPU, from 0 on") << number;
    for (const auto* number : {"0", "", "4294967296"})
        EXPECT_EQ(read({"--interval", "1", "--count", number}), "--count is a number from 1 on") << number;
    EXPECT_EQ(read({"--count", "2"}), "--count goes with --interval");
    EXPECT_EQ(read({"--interval", "1", "true"}), "--interval and a command exclude each other");
    EXPECT_EQ(read({"--json", "--number", "1000000"}), "fine");
    EXPECT_EQ(arguments.number, 1'000'000U);
    for (const auto* number : {"0", "", "1000001", "-1", "1x"})
        EXPECT_EQ(read({"--number", number}), "--number is one from 1 to 1000000") << number;
    for (const auto* name : {"a\"b", "a\\b", "a\nb", "\xc3\xa4"})
        EXPECT_EQ(read({"--name", name}), "--name is printable ASCII without quotes and backslashes") << name;
}

TEST_F(ArgumentsTest, WhoCountsIsNamed) {
    EXPECT_EQ(read({"true"}), "fine");
    EXPECT_FALSE(arguments.outside.has_value());
    EXPECT_EQ(read({"--counters", "trace"}), "fine");
    EXPECT_EQ(arguments.outside, true);
    EXPECT_EQ(read({"--counters", "kvm"}), "fine");
    EXPECT_EQ(arguments.outside, false);
    EXPECT_EQ(read({"--counters", "bpf"}), "--counters is kvm or trace");
    EXPECT_EQ(read({"--counters", ""}), "--counters is kvm or trace");
}

}  // namespace
}  // namespace exitscope::exitstat
