// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Where course patches have their exit counters.

#include <array>
#include <cstdint>
#include <string_view>

namespace exitscope::model {

/// ECX of the reason leaf and of the cycles leaf is the reason.
struct CourseworkLayout {
    std::string_view name;
    std::uint32_t total_leaf;
    std::uint32_t reason_leaf;
    /// The leaf of a reason's cycles; the reason leaf where there is none. It returns "undefined" for an
    /// undefined reason, too, which tells the layouts apart.
    std::uint32_t reason_cycles_leaf;
};

/// Source: public course patches of 2020 (a), spring 2020, 2021 to 2023 (b) and fall 2022 (c).
inline constexpr std::array<CourseworkLayout, 3> coursework_layouts{{
    {"layout-a", 0x4fff'ffff, 0x4fff'fffe, 0x4fff'fffe},
    {"layout-b", 0x4fff'ffff, 0x4fff'fffd, 0x4fff'fffc},
    {"layout-c", 0x4fff'fffc, 0x4fff'fffe, 0x4fff'ffff},
}};

/// Reasons to ask for, in this order, to see whether leaves return what stands for an undefined one: zeros
/// and EDX = 0xffffffff. Intel's manual does not define 35, and the assignments name it as an example. 167 is
/// the first that AMD's does not define, and lies behind all that the course patches of Intel know.
///
/// Some of them index their array before they look at the number. So no number is larger than what a
/// reader of the assignment would try: the elements behind the array's end lie in the same module's data.
inline constexpr std::array<std::uint32_t, 2> undefined_reasons{35, 167};

}  // namespace exitscope::model
