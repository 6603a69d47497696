// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "inner_linux/initial_ramdisk.h"

#include <fmt/core.h>
#include <gtest/gtest.h>

namespace exitscope::command::inner_linux {
namespace {

std::string padded(std::string text) {
    text.append((4 - text.size() % 4) % 4, '\0');
    return text;
}

std::string entry(const std::string& name, const std::string& data) {
    return padded(fmt::format(
                      "070701{:08x}{:08x}{:08x}{:08x}{:08x}{:08x}{:08X}{:08x}{:08x}{:08x}{:08x}{:08X}{:08x}",
                      1, 0100755, 0, 0, 1, 0, data.size(), 0, 0, 0, 0, name.size() + 1, 0) +
                  name + '\0') +
           padded(data);
}

const std::string program = std::string(
                                "\x7f"
                                "ELF") +
                            std::string(300, 'x') + R"({"exitstat":2)";
const std::string trailer = entry("TRAILER!!!", "");
const std::string good = entry("init", "#!/bin/sh\n") + entry("bin/count", program) + trailer;

TEST(InitialRamdisk, IsACpioArchiveWithAProgramThatSpeaksAsExitstatDoes) {
    EXPECT_EQ(ramdisk_problem(good), "");
    EXPECT_EQ(ramdisk_problem(good + std::string(300, '\0')), "");
    // Several archives one behind the other are one.
    EXPECT_EQ(ramdisk_problem(entry("early", "x") + trailer + std::string(180, '\0') + good), "");
    EXPECT_EQ(ramdisk_problem(entry("init", "#!/bin/sh\n") + trailer), "has no exitstat in it");
    EXPECT_EQ(ramdisk_problem(""), "is empty");
}

TEST(InitialRamdisk, ThatIsCutIsRefusedWhereverItIsCut) {
    for (std::size_t size = 1; size + 4 < good.size(); ++size)
        EXPECT_NE(ramdisk_problem(std::string_view{good}.substr(0, size)), "") << size;
    auto mangled = good;
    mangled[6 + 6 * 8] = 'g';
    EXPECT_EQ(ramdisk_problem(mangled), "is cut, or mangled, in the archive's entry at byte 0");
    EXPECT_EQ(ramdisk_problem(entry("init", "#!/bin/sh\n") + entry("bin/count", program)),
              "is cut: the archive has no end");
}

TEST(InitialRamdisk, OfWhichNothingIsKnownIsLeftToLinux) {
    for (const auto* magic : {"\x1f\x8b", "\x28\xb5\x2f\xfd",
                              "\xfd"
                              "7zXZ",
                              "BZh9", "hsqs"}) {
        EXPECT_EQ(ramdisk_problem(magic), "");
        // Microcode first, as distributions have it.
        EXPECT_EQ(ramdisk_problem(entry("kernel/x86/microcode", "x") + trailer + magic), "");
        EXPECT_EQ(ramdisk_problem(entry("root.squashfs", magic) + trailer), "");
    }
    EXPECT_EQ(ramdisk_problem("#!/bin/sh\n"),
              "has neither a cpio archive (newc) nor something compressed at byte 0");
}

}  // namespace
}  // namespace exitscope::command::inner_linux
