// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "boot/boot_information.h"

#include <gtest/gtest.h>

#include <string>

#include "boot/loader_magic.h"
#include "fake_memory.h"

namespace exitscope::boot {
namespace {

constexpr std::uint64_t information = 0x9000;
constexpr std::uint64_t command_line = 0xa000;
constexpr std::uint64_t loader_name = 0xb000;
constexpr std::uint64_t map_address = 0xc000;
constexpr std::uint64_t base_memory_size = 0x413;

constexpr std::string_view cut_off = "the boot loader's information is cut off, or lies above 1 GiB";
constexpr std::string_view endless = "the command line is longer than 65535 characters, or lies above 1 GiB";

/// Returns the map's size.
std::uint64_t put_map(std::initializer_list<MapLine> lines, bool with_size) {
    auto at = map_address;
    for (const auto& line : lines) {
        if (with_size)
            FakeMemory::put(at, 20, 4);
        at += with_size ? 4 : 0;
        FakeMemory::put(at, line.base, 8);
        FakeMemory::put(at + 8, line.length, 8);
        FakeMemory::put(at + 16, line.type, 4);
        at += with_size ? 20 : 24;
    }
    return at - map_address;
}

class Multiboot1Test : public testing::Test {
protected:
    Multiboot1Test() {
        FakeMemory::clear();
        FakeMemory::put(base_memory_size, 639, 2);
        FakeMemory::put(information, 1U << 0 | 1U << 2 | 1U << 6 | 1U << 9, 4);
        FakeMemory::put(information + 8, 63 * 1024, 4);
        FakeMemory::put(information + 16, command_line, 4);
        FakeMemory::put(information + 44, put_map(usual_map, true), 4);
        FakeMemory::put(information + 48, map_address, 4);
        FakeMemory::put(information + 64, loader_name, 4);
        FakeMemory::put(loader_name, "GRUB 2.06");
        FakeMemory::put(command_line, "list");
    }

    static BootInformation read() {
        return read_boot_information(LOADER_MAGIC_MULTIBOOT_1, information, FakeMemory::read);
    }
};

TEST_F(Multiboot1Test, CommandLineAndMap) {
    const auto found = read();
    EXPECT_EQ(found.problem, "");
    EXPECT_EQ(found.command_line, "list");
    EXPECT_EQ(found.fresh_memory.begin, 16 * mib);
    EXPECT_EQ(found.fresh_memory.end, (127 - 18) * mib);
    EXPECT_EQ(found.acpi_root_pointer, 0U);
}

TEST_F(Multiboot1Test, QemuPutsTheFileNameFirst) {
    FakeMemory::put(command_line, "kernel list");
    EXPECT_EQ(read().command_line, "kernel list");
    FakeMemory::put(loader_name, std::string_view{"qemu\0", 5});
    EXPECT_EQ(read().command_line, " list");
}

TEST_F(Multiboot1Test, WithoutAMapTheSizeCounts) {
    FakeMemory::put(information, 1U << 0, 4);
    const auto found = read();
    EXPECT_EQ(found.command_line, "");
    EXPECT_EQ(found.fresh_memory.end, (64 - 18) * mib);
    FakeMemory::put(information, 0, 4);
    EXPECT_EQ(read().fresh_memory.end, 16 * mib);
}

TEST_F(Multiboot1Test, WithoutDataOfABiosItIsUefiButNotWithQemu) {
    FakeMemory::put(base_memory_size, 0, 2);
    EXPECT_EQ(read().fresh_memory.begin, 32 * mib);
    FakeMemory::put(loader_name, std::string_view{"qemu\0", 5});
    EXPECT_EQ(read().fresh_memory.begin, 16 * mib);
}

TEST_F(Multiboot1Test, AMapBeyondMemoryIsSaid) {
    FakeMemory::put(information + 44, 0xffff'ffff, 4);
    EXPECT_EQ(read().problem, cut_off);
    FakeMemory::put(information + 44, 24, 4);
    FakeMemory::put(information + 48, FakeMemory::size - 23, 4);
    EXPECT_EQ(read().problem, cut_off);
}

TEST_F(Multiboot1Test, InformationBeyondMemoryIsSaid) {
    const auto last = FakeMemory::size - 115;
    EXPECT_EQ(read_boot_information(LOADER_MAGIC_MULTIBOOT_1, last, FakeMemory::read).problem, cut_off);
    EXPECT_EQ(read_boot_information(LOADER_MAGIC_MULTIBOOT_1, last - 1, FakeMemory::read).problem, "");
}

TEST_F(Multiboot1Test, ACommandLineWithoutAnEndIsSaid) {
    const auto room = most_text_bytes;
    FakeMemory::put(information + 16, mib, 4);
    FakeMemory::put(mib, std::string(room, ' '));
    EXPECT_EQ(read().problem, endless);
    FakeMemory::put(mib + room - 1, 0, 1);
    EXPECT_EQ(read().problem, "");
    FakeMemory::put(information + 16, 0x8000'0000, 4);
    EXPECT_EQ(read().problem, endless);
}

class PvhTest : public testing::Test {
protected:
    PvhTest() {
        FakeMemory::clear();
        FakeMemory::put(information, LOADER_MAGIC_PVH, 4);
        FakeMemory::put(information + 4, 1, 4);
        FakeMemory::put(information + 24, command_line, 8);
        FakeMemory::put(information + 32, 0xf'5000, 8);
        FakeMemory::put(information + 40, map_address, 8);
        FakeMemory::put(information + 48, put_map(usual_map, false) / 24, 4);
        FakeMemory::put(command_line, "list");
    }

    static BootInformation read() {
        return read_boot_information(LOADER_MAGIC_PVH, information, FakeMemory::read);
    }
};

TEST_F(PvhTest, CommandLineMapAndRootPointer) {
    const auto found = read();
    EXPECT_EQ(found.problem, "");
    EXPECT_EQ(found.command_line, "list");
    EXPECT_EQ(found.fresh_memory.begin, 16 * mib);
    EXPECT_EQ(found.fresh_memory.end, (127 - 18) * mib);
    EXPECT_EQ(found.acpi_root_pointer, 0xf'5000U);
}

TEST_F(PvhTest, TheFirstVersionHasNoMap) {
    FakeMemory::put(information + 4, 0, 4);
    const auto found = read();
    EXPECT_EQ(found.command_line, "list");
    EXPECT_EQ(found.fresh_memory.begin, found.fresh_memory.end);
}

TEST_F(PvhTest, AnotherMagicOrAMapBeyondMemoryIsSaid) {
    FakeMemory::put(information + 48, 0xffff'ffff, 4);
    EXPECT_EQ(read().problem, cut_off);
    FakeMemory::put(information + 48, 1, 4);
    EXPECT_EQ(read().problem, "");
    FakeMemory::put(information, 0, 4);
    EXPECT_EQ(read().problem, cut_off);
}

TEST(BootInformation, TheLoadersOwnMemoryIsNotFresh) {
    LoaderFacts facts{.own_range = {100 * mib, 100 * mib + 1, false}, .is_whole = true};
    facts.upper_memory_size = 255 * mib;
    EXPECT_EQ(find_fresh_memory(facts, {}).end, (100 - 18) * mib);
    EXPECT_EQ(find_fresh_memory(facts, {90 * mib, 90 * mib + 1, false}).end, (90 - 18) * mib);
}

TEST(BootInformation, AnUnknownLoaderIsSaid) {
    FakeMemory::clear();
    EXPECT_EQ(read_boot_information(0, information, FakeMemory::read).problem,
              "started by no loader of multiboot 1, multiboot 2 or PVH");
}

}  // namespace
}  // namespace exitscope::boot
