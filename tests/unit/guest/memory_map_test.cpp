// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "boot/memory_map.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

namespace exitscope::boot {
namespace {

constexpr std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();

std::uint64_t end_of(const std::vector<MemoryRange>& ranges, std::uint64_t begin = 16) {
    return usable_end(begin, [&](auto visit) {
        for (const auto& range : ranges)
            visit(range);
    });
}

TEST(MemoryMap, MemoryEndsAtTheFirstGap) {
    EXPECT_EQ(end_of({{0, 8, true}, {10, 100, true}, {101, 200, true}}), 100U);
    EXPECT_EQ(end_of({{0, 100, true}, {100, 200, true}}), 200U);
}

TEST(MemoryMap, WhereThereIsNoneItEndsAtOnce) {
    EXPECT_EQ(end_of({}), 16U);
    EXPECT_EQ(end_of({{0, 16, true}, {17, 100, true}}), 16U);
    EXPECT_EQ(end_of({{20, 10, true}, {16, 16, true}}), 16U);
}

TEST(MemoryMap, TheOrderOfTheRangesDoesNotCount) {
    EXPECT_EQ(end_of({{300, 400, true}, {200, 300, true}, {100, 200, true}, {0, 100, true}}), 400U);
}

TEST(MemoryMap, WhatIsNotUsableCountsWhereRangesOverlap) {
    EXPECT_EQ(end_of({{0, 100, true}, {50, 60, false}}), 50U);
    EXPECT_EQ(end_of({{50, 60, false}, {0, 100, true}}), 50U);
    EXPECT_EQ(end_of({{0, 100, true}, {8, 20, false}}), 16U);
    EXPECT_EQ(end_of({{0, 100, true}, {70, 200, false}, {40, 45, false}}), 40U);
    // Below, beyond and empty.
    EXPECT_EQ(end_of({{0, 100, true}, {0, 16, false}, {100, 200, false}, {50, 50, false}}), 100U);
}

TEST(MemoryMap, UsableRangesThatOverlapAreOne) {
    EXPECT_EQ(end_of({{0, 60, true}, {30, 100, true}, {40, 50, true}}), 100U);
}

TEST(MemoryMap, ALengthBeyondTheLastAddressEndsThere) {
    EXPECT_EQ(range_of(0x1000, largest, true).end, largest);
    EXPECT_EQ(range_of(largest, 1, true).end, largest);
    EXPECT_EQ(end_of({range_of(8, largest, true)}), largest);
    EXPECT_EQ(end_of({range_of(8, largest, true), range_of(32, largest, false)}), 32U);
}

std::vector<MemoryRange> ranges_of(const MemoryMap& map) {
    std::vector<MemoryRange> found;
    map.for_each([&](const MemoryRange& range) { found.push_back(range); });
    return found;
}

/// Two entries of `size` bytes, the second one not usable, each with its size in front if asked for.
std::vector<std::uint8_t> two_entries(std::size_t size, bool with_size) {
    std::vector<std::uint8_t> bytes;
    for (const std::uint8_t entry : {std::uint8_t{1}, std::uint8_t{2}}) {
        if (with_size)
            bytes.insert(bytes.end(), {static_cast<std::uint8_t>(size), 0, 0, 0});
        std::vector<std::uint8_t> fields(size);
        fields[1] = entry;   // base 0x100, 0x200
        fields[8] = 0x80;    // length
        fields[16] = entry;  // type
        bytes.insert(bytes.end(), fields.begin(), fields.end());
    }
    return bytes;
}

TEST(MemoryMap, EntriesOfOneSizeAndOfTheirOwn) {
    for (const std::size_t size : {20U, 24U, 32U}) {
        for (const bool with_size : {false, true}) {
            const auto bytes = two_entries(size, with_size);
            const auto found = ranges_of({bytes, with_size ? 0 : size});
            ASSERT_EQ(found.size(), 2U);
            EXPECT_EQ(found[0].begin, 0x100U);
            EXPECT_EQ(found[0].end, 0x180U);
            EXPECT_TRUE(found[0].is_usable);
            EXPECT_EQ(found[1].begin, 0x200U);
            EXPECT_FALSE(found[1].is_usable);
        }
    }
}

TEST(MemoryMap, AnEntryCutOffCountsForNothingAtEveryLength) {
    for (const bool with_size : {false, true}) {
        const auto bytes = two_entries(24, with_size);
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            const devices::Bytes cut{bytes.data(), size};
            EXPECT_EQ(ranges_of({cut, with_size ? 0U : 24U}).size(), size / (bytes.size() / 2)) << size;
        }
    }
}

TEST(MemoryMap, ASizeOfAnEntryThatCannotBeEndsTheMap) {
    auto bytes = two_entries(24, true);
    for (const std::uint8_t size : {std::uint8_t{0}, std::uint8_t{19}, std::uint8_t{255}}) {
        bytes[28] = size;
        EXPECT_EQ(ranges_of({bytes, 0}).size(), 1U);
    }
    EXPECT_TRUE(ranges_of({bytes, 19}).empty());
    EXPECT_TRUE(ranges_of({bytes, largest}).empty());
    bytes[0] = bytes[1] = bytes[2] = bytes[3] = 0xff;
    EXPECT_TRUE(ranges_of({bytes, 0}).empty());
}

}  // namespace
}  // namespace exitscope::boot
