// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Where course patches have their exit counters.

#include <array>
#include <cstdint>
#include <string_view>

#include "model/instruction_set.h"

namespace exitscope::model {

/// The assignments name these leaves, the first ones first; each course gave them meanings of its own.
inline constexpr std::array<std::uint32_t, 4> coursework_leaves{0x4fff'ffff, 0x4fff'fffe, 0x4fff'fffd,
                                                                0x4fff'fffc};

/// ECX of the reason leaf and of the cycles leaf is the reason.
struct CourseworkLayout {
    std::string_view name;
    std::uint32_t total_leaf;
    std::uint32_t reason_leaf;
    /// The leaf of a reason's cycles; 0 where the assignment has none.
    std::uint32_t reason_cycles_leaf;
};

/// Source: public course patches of 2020 (a), spring 2020, 2021 to 2023 (b) and fall 2022 (c).
inline constexpr std::array<CourseworkLayout, 3> coursework_layouts{{
    {"layout-a", 0x4fff'ffff, 0x4fff'fffe, 0},
    {"layout-b", 0x4fff'ffff, 0x4fff'fffd, 0x4fff'fffc},
    {"layout-c", 0x4fff'fffc, 0x4fff'fffe, 0x4fff'ffff},
}};

/// A total and counts by reason, in leaves of which no course is known.
inline constexpr std::string_view other_layout = "layout-other";

/// A reason that never occurs between two CPUIDs: Intel's manual does not define 35, and AMD's is a write of
/// DR3.
inline constexpr std::uint32_t still_reason = 35;

/// A reason that the manual does not define: Intel's 35, which the assignments name as an example, and 167,
/// the first one of AMD's.
///
/// Some patches index their array before they look at the number. So no number is larger than what a
/// reader of the assignment would try: the elements behind the array's end lie in the same module's data.
[[nodiscard]] constexpr std::uint32_t undefined_reason(InstructionSet isa) {
    return isa == InstructionSet::svm ? 167 : 35;
}

}  // namespace exitscope::model
