// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The registers of the descriptor tables.

#include <cstdint>

namespace exitscope::arch {

/// Where a descriptor table is: what LGDT and LIDT load, and SGDT and SIDT store.
struct [[gnu::packed]] TableLocation {
    std::uint16_t limit = 0;
    std::uint64_t base = 0;
};

/// Exits: never, unless KVM emulates UMIP for the guest.
inline TableLocation sgdt() {
    TableLocation location;
    asm volatile("sgdt %[location]" : [location] "=m"(location));
    return location;
}

/// Exits: as `sgdt`.
inline TableLocation sidt() {
    TableLocation location;
    asm volatile("sidt %[location]" : [location] "=m"(location));
    return location;
}

/// Exits: never.
inline void lidt(const TableLocation& location) {
    asm volatile("lidt %[location]" : : [location] "m"(location) : "memory");
}

}  // namespace exitscope::arch
