// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "devices/acpi.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace exitscope::devices {
namespace {

constexpr std::uint64_t rsdp_address = 0xf'5000;
constexpr std::uint64_t rsdt_address = 0x7fe'0000;
constexpr std::uint64_t other_address = 0x7fe'1000;
constexpr std::uint64_t fadt_address = 0x7fe'2000;
constexpr std::uint64_t dsdt_address = 0x7fe'3000;

/// What each address holds. The area of the BIOS is made of the RSDP alone.
struct Memory {
    std::vector<std::uint8_t> bios = std::vector<std::uint8_t>(0x2'0000);
    std::vector<std::uint8_t> rsdt, fadt, dsdt;
    std::vector<std::uint8_t> other = std::vector<std::uint8_t>(40);
};
Memory memory;

void put(std::vector<std::uint8_t>& bytes, std::size_t offset, std::uint64_t value, std::size_t size) {
    for (std::size_t byte = 0; byte < size; ++byte)
        bytes.at(offset + byte) = static_cast<std::uint8_t>(value >> 8 * byte);
}

void put(std::vector<std::uint8_t>& bytes, std::size_t offset, std::string_view text) {
    std::ranges::copy(text, bytes.begin() + static_cast<std::ptrdiff_t>(offset));
}

std::vector<std::uint8_t> table(std::string_view name, std::size_t size) {
    std::vector<std::uint8_t> bytes(size);
    put(bytes, 0, name);
    put(bytes, 4, size, 4);
    return bytes;
}

std::span<const std::uint8_t> read(std::uint64_t address, std::size_t size) {
    const std::vector<std::uint8_t>* bytes = nullptr;
    switch (address) {
        case 0xe'0000:
            bytes = &memory.bios;
            break;
        case rsdt_address:
            bytes = &memory.rsdt;
            break;
        case other_address:
            bytes = &memory.other;
            break;
        case fadt_address:
            bytes = &memory.fadt;
            break;
        case dsdt_address:
            bytes = &memory.dsdt;
            break;
        default:
            return {};
    }
    return std::span{*bytes}.first(std::min(size, bytes->size()));
}

class AcpiTest : public testing::Test {
protected:
    /// The RSDP, with a right sum of its first 20 bytes.
    static void put_root_pointer(std::uint8_t revision, std::uint32_t rsdt, std::uint64_t xsdt) {
        constexpr std::size_t at = rsdp_address - 0xe'0000;
        put(memory.bios, at - 32, "RSD PTR ");  // one of another sum, as firmware's code has it
        put(memory.bios, at, "RSD PTR ");
        put(memory.bios, at + 15, revision, 1);
        put(memory.bios, at + 16, rsdt, 4);
        put(memory.bios, at + 24, xsdt, 8);
        memory.bios[at + 8] = 0;
        std::uint8_t sum = 0;
        for (std::size_t byte = 0; byte < 20; ++byte)
            sum = static_cast<std::uint8_t>(sum + memory.bios[at + byte]);
        memory.bios[at + 8] = static_cast<std::uint8_t>(-sum);
    }

    AcpiTest() {
        memory = {};
        put_root_pointer(0, rsdt_address, 0);
        memory.rsdt = table("RSDT", 36 + 8);
        put(memory.rsdt, 36, other_address, 4);
        put(memory.rsdt, 40, fadt_address, 4);
        memory.other = table("APIC", 40);
        memory.fadt = table("FACP", 116);
        put(memory.fadt, 40, dsdt_address, 4);
        put(memory.fadt, 64, 0x604, 4);
        memory.dsdt = table("DSDT", 36 + 40);
        put(memory.dsdt, 40, std::string_view{"\x08_S5_\x12\x06\x04\x0a\x05\x0a\x05\x00\x00", 14});
    }
};

TEST_F(AcpiTest, FixedRegistersAndTheTypeOfS5) {
    const auto found = read_power_registers(read, 0);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->pm1a_control, 0x604);
    EXPECT_EQ(found->pm1b_control, 0);
    EXPECT_EQ(found->off_type, 5);
    EXPECT_FALSE(found->sleep_control);
    EXPECT_FALSE(found->reset);
}

TEST_F(AcpiTest, ATypeOfZeroHasNoPrefix) {
    put(memory.dsdt, 40, std::string_view{"\x08_S5_\x12\x06\x04\x00\x00\x00\x00\x00\x00", 14});
    EXPECT_EQ(read_power_registers(read, 0)->off_type, 0);
}

TEST_F(AcpiTest, HardwareReducedHasASleepControlRegisterInMemoryAndAReset) {
    memory.fadt = table("FACP", 268);
    put(memory.fadt, 40, dsdt_address, 4);
    put(memory.fadt, 64, 0x604, 4);
    put(memory.fadt, 112, 1U << 20 | 1U << 10, 4);
    put(memory.fadt, 116, 1, 1);
    put(memory.fadt, 120, 0xcf9, 8);
    put(memory.fadt, 128, 0x0f, 1);
    put(memory.fadt, 248, 0xfea0'0200, 8);
    const auto found = read_power_registers(read, 0);
    ASSERT_TRUE(found && found->sleep_control && found->reset);
    EXPECT_EQ(found->pm1a_control, 0);
    EXPECT_FALSE(found->sleep_control->is_port);
    EXPECT_EQ(found->sleep_control->address, 0xfea0'0200U);
    EXPECT_TRUE(found->reset->is_port);
    EXPECT_EQ(found->reset->address, 0xcf9U);
    EXPECT_EQ(found->reset_value, 0x0f);
}

TEST_F(AcpiTest, TheRootPointerThatALoaderTellsIsTakenWhereThereIsNoBios) {
    memory.other.assign(memory.bios.begin() + (rsdp_address - 0xe'0000),
                        memory.bios.begin() + (rsdp_address - 0xe'0000) + 36);
    memory.bios.assign(memory.bios.size(), 0);
    put(memory.rsdt, 36, fadt_address, 4);
    EXPECT_FALSE(read_power_registers(read, 0));
    ASSERT_TRUE(read_power_registers(read, other_address));
    EXPECT_EQ(read_power_registers(read, other_address)->pm1a_control, 0x604);
    memory.other[8] ^= 1U;  // a wrong sum
    EXPECT_FALSE(read_power_registers(read, other_address));
    EXPECT_FALSE(read_power_registers(read, 0x1234));
}

TEST_F(AcpiTest, ARootPointerCutOffIsNone) {
    memory.other.assign(memory.bios.begin() + (rsdp_address - 0xe'0000),
                        memory.bios.begin() + (rsdp_address - 0xe'0000) + 20);
    put(memory.rsdt, 36, fadt_address, 4);
    EXPECT_TRUE(read_power_registers(read, other_address));
    memory.other.pop_back();
    EXPECT_FALSE(read_power_registers(read, other_address));
}

TEST_F(AcpiTest, FirmwareWithAnXsdtAloneIsReadByThat) {
    put_root_pointer(2, 0, rsdt_address);
    memory.rsdt = table("XSDT", 36 + 16);
    put(memory.rsdt, 36, other_address, 8);
    put(memory.rsdt, 44, fadt_address, 8);
    EXPECT_EQ(read_power_registers(read, 0)->pm1a_control, 0x604);
}

TEST_F(AcpiTest, TheWideAddressOfTheDefinitionsComesFirst) {
    memory.fadt = table("FACP", 268);
    put(memory.fadt, 40, other_address, 4);
    put(memory.fadt, 64, 0x604, 4);
    put(memory.fadt, 140, dsdt_address, 8);
    EXPECT_EQ(read_power_registers(read, 0)->off_type, 5);
}

TEST_F(AcpiTest, WithoutTablesOrS5ThereIsNothing) {
    put(memory.dsdt, 40, std::string_view{"no word of the kind", 19});
    EXPECT_FALSE(read_power_registers(read, 0));
    put(memory.rsdt, 40, other_address, 4);
    EXPECT_FALSE(read_power_registers(read, 0));
    put(memory.rsdt, 4, 0xffff'ffff, 4);
    EXPECT_FALSE(read_power_registers(read, 0));
    memory.bios.assign(memory.bios.size(), 0);
    EXPECT_FALSE(read_power_registers(read, 0));
}

TEST_F(AcpiTest, S5AtTheVeryEndOfTheTableIsNotReadBeyondIt) {
    memory.dsdt = table("DSDT", 36 + 12);
    put(memory.dsdt, 36 + 6, std::string_view{"_S5_\x12\xc0", 6});
    EXPECT_FALSE(read_power_registers(read, 0));
}

}  // namespace
}  // namespace exitscope::devices
