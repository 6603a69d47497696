// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
//
// What a sweep finds of what was measured before.

#include "sweep/sweep_folder.h"

#include <gtest/gtest.h>

#include "stages/run_places.h"
#include "text/file.h"

namespace exitscope::command::sweep {
namespace {

const auto& npt1 = *evidence::find_setting("npt=1");

TEST(SweepFolder, GoesOnWithTheSameAndRefusesAnother) {
    const stages::WorkFolder work;
    const auto out = work.path() / "sweep";
    const SweepFolder first{out, "Linux 6.12"};
    EXPECT_FALSE(first.is_done("kvm.a=N", npt1));
    first.refuse("kvm.a=N", npt1, "why");
    const SweepFolder second{out, "Linux 6.12"};
    EXPECT_TRUE(second.is_done("kvm.a=N", npt1));
    EXPECT_EQ(second.refusal("kvm.a=N", npt1), "why");
    EXPECT_EQ(second.result("kvm.a=N", npt1), std::nullopt);
    EXPECT_FALSE(second.is_done("kvm.a=N", *evidence::find_setting("npt=0")));
    EXPECT_THROW((SweepFolder{out, "Linux 7.3"}), text::InputError);
}

TEST(SweepFolder, NamesAResultThatIsCut) {
    const stages::WorkFolder work;
    const SweepFolder folder{work.path(), "Linux 6.12"};
    text::write_file(folder.of("kvm.a=N") / "npt=1.json", "{");
    EXPECT_TRUE(folder.is_done("kvm.a=N", npt1));
    EXPECT_THROW((void)folder.result("kvm.a=N", npt1), text::InputError);
}

}  // namespace
}  // namespace exitscope::command::sweep
