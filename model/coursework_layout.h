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

/// No manual defines this reason; the leaves return zeros and EDX = 0xffffffff for it.
inline constexpr std::uint32_t undefined_reason = 0xffff'ffff;

}  // namespace exitscope::model
