// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <gtest/gtest.h>

#include "boot/boot_information.h"
#include "boot/loader_magic.h"
#include "fake_memory.h"

namespace exitscope::boot {
namespace {

constexpr std::uint64_t information = 0x1'0000;

/// Writes the information tag by tag, each 8-aligned.
class Multiboot2Test : public testing::Test {
protected:
    Multiboot2Test() { FakeMemory::clear(); }

    /// A tag without content; returns its address.
    std::uint64_t tag(std::uint32_t type, std::size_t content_size) {
        const auto address = end_;
        FakeMemory::put(address, type, 4);
        FakeMemory::put(address + 4, 8 + content_size, 4);
        end_ += (8 + content_size + 7) / 8 * 8;
        return address;
    }

    void command_line(std::string_view text) { FakeMemory::put(tag(1, text.size() + 1) + 8, text); }

    void map(std::initializer_list<MapLine> lines, std::uint32_t entry_size = 24) {
        auto at = tag(6, 8 + lines.size() * entry_size) + 8;
        FakeMemory::put(at, entry_size, 4);
        at += 8;
        for (const auto& line : lines) {
            FakeMemory::put(at, line.base, 8);
            FakeMemory::put(at + 8, line.length, 8);
            FakeMemory::put(at + 16, line.type, 4);
            at += entry_size;
        }
    }

    /// Ends the information, and reads it.
    BootInformation read_all() {
        tag(0, 0);
        FakeMemory::put(information, end_ - information, 4);
        return read();
    }

    static BootInformation read() {
        return read_boot_information(LOADER_MAGIC_MULTIBOOT_2, information, FakeMemory::read);
    }

    std::uint64_t end_ = information + 8;
};

constexpr std::string_view cut_off = "the boot loader's information is cut off, or lies above 1 GiB";

TEST_F(Multiboot2Test, CommandLineMapAndRootPointer) {
    command_line("list");
    map(usual_map);
    const auto old_pointer = tag(14, 20);
    const auto new_pointer = tag(15, 36);
    const auto found = read_all();
    EXPECT_EQ(found.problem, "");
    EXPECT_EQ(found.command_line, "list");
    EXPECT_EQ(found.fresh_memory.begin, 16 * mib);
    EXPECT_EQ(found.fresh_memory.end, (127 - 18) * mib);
    EXPECT_NE(old_pointer, new_pointer);
    EXPECT_EQ(found.acpi_root_pointer, new_pointer + 8);
}

TEST_F(Multiboot2Test, TheNewRootPointerCountsInEachOrder) {
    const auto new_pointer = tag(15, 36);
    tag(14, 20);
    EXPECT_EQ(read_all().acpi_root_pointer, new_pointer + 8);
}

TEST_F(Multiboot2Test, WithTheOldRootPointerAloneThatIsTaken) {
    const auto old_pointer = tag(14, 20);
    EXPECT_EQ(read_all().acpi_root_pointer, old_pointer + 8);
}

TEST_F(Multiboot2Test, UefiLeavesLessUntouched) {
    tag(12, 8);
    map({{mib, 511 * mib}});
    const auto found = read_all();
    EXPECT_EQ(found.fresh_memory.begin, 32 * mib);
    EXPECT_EQ(found.fresh_memory.end, (512 - 80 - 128) * mib);
}

TEST_F(Multiboot2Test, WhereThereIsTooLittleNothingIsUntouched) {
    tag(11, 4);
    map(usual_map);
    const auto found = read_all();
    EXPECT_EQ(found.problem, "");
    EXPECT_EQ(found.fresh_memory.begin, found.fresh_memory.end);
}

TEST_F(Multiboot2Test, TheBasicSizeCountsWhereThereIsNoMap) {
    FakeMemory::put(tag(4, 8) + 12, 63 * 1024, 4);
    EXPECT_EQ(read_all().fresh_memory.end, (64 - 18) * mib);
}

TEST_F(Multiboot2Test, WhereThereIsAMapTheBasicSizeIsNotRead) {
    FakeMemory::put(tag(4, 8) + 12, 1023 * 1024, 4);
    map(usual_map);
    EXPECT_EQ(read_all().fresh_memory.end, (127 - 18) * mib);
}

TEST_F(Multiboot2Test, EntriesOfANewerVersionAreLonger) {
    map(usual_map, 40);
    EXPECT_EQ(read_all().fresh_memory.end, (127 - 18) * mib);
}

TEST_F(Multiboot2Test, UnknownTagsArePassedOver) {
    tag(0x1234, 3);
    command_line("list");
    tag(5, 12);
    EXPECT_EQ(read_all().command_line, "list");
}

TEST_F(Multiboot2Test, NothingAtAllIsAMachineWithoutMemory) {
    const auto found = read_all();
    EXPECT_EQ(found.problem, "");
    EXPECT_EQ(found.command_line, "");
    EXPECT_EQ(found.acpi_root_pointer, 0U);
    EXPECT_EQ(found.fresh_memory.begin, found.fresh_memory.end);
}

TEST_F(Multiboot2Test, CutOffAtEveryLengthItIsSaid) {
    command_line("workloads=cpuid");
    map(usual_map);
    EXPECT_EQ(read_all().problem, "");
    const auto whole = end_ - information;
    for (std::uint64_t size = 0; size < whole; ++size) {
        FakeMemory::put(information, size, 4);
        EXPECT_EQ(read().problem, cut_off) << size;
    }
}

TEST_F(Multiboot2Test, ATagOfAnImpossibleSizeIsSaid) {
    command_line("list");
    const auto last = tag(5, 4);
    static_cast<void>(read_all());
    for (const std::uint64_t size : {0U, 7U, 64U, 0x7fff'ffffU, 0xffff'ffffU}) {
        FakeMemory::put(last + 4, size, 4);
        EXPECT_EQ(read().problem, cut_off) << size;
    }
    // The second tag begins within the first.
    FakeMemory::put(last + 4, 8, 4);
    EXPECT_EQ(read().problem, cut_off);
}

TEST_F(Multiboot2Test, MoreThanThereIsOfMemoryIsSaid) {
    command_line("list");
    static_cast<void>(read_all());
    FakeMemory::put(information, 0xffff'ffff, 4);
    EXPECT_EQ(read().problem, cut_off);
}

TEST_F(Multiboot2Test, AMapWithoutEntriesOrASizeOfThemIsNoMemory) {
    map({}, 24);
    map(usual_map, 0);
    tag(6, 0);
    EXPECT_EQ(read_all().problem, "");
}

}  // namespace
}  // namespace exitscope::boot
