// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The memory map of a boot loader. Pure: what each protocol calls an entry is a base, a length and a type.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "devices/physical_memory.h"

namespace exitscope::boot {

/// `end` is the first address that is not of it.
struct MemoryRange {
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
    bool is_usable = false;
};

/// The range from `base` on; it ends at the last address at most, whatever its length.
[[nodiscard]] constexpr MemoryRange range_of(std::uint64_t base, std::uint64_t length, bool is_usable) {
    return {base, base + std::min(length, std::numeric_limits<std::uint64_t>::max() - base), is_usable};
}

/// The entries of a map, in any order; they may overlap, and the last may be cut off, which counts for
/// nothing.
class MemoryMap {
public:
    constexpr MemoryMap() = default;

    /// `entry_size`: of each entry; 0 where a number of 4 bytes in front of each tells its own (multiboot 1).
    constexpr MemoryMap(devices::Bytes bytes, std::size_t entry_size)
        : bytes_{bytes}, entry_size_{entry_size} {}

    [[nodiscard]] constexpr bool is_empty() const { return bytes_.empty(); }

    template <typename Visitor>
    constexpr void for_each(Visitor visit) const {
        constexpr std::size_t size_size = 4;
        constexpr std::uint64_t type_usable = 1;
        for (auto rest = bytes_; !rest.empty();) {
            const std::size_t in_front = entry_size_ == 0 ? size_size : 0;
            const std::size_t size = entry_size_ == 0 ? devices::number_at(rest, 0, size_size) : entry_size_;
            if (size < least_entry_size || rest.size() < in_front || rest.size() - in_front < size)
                return;
            const auto entry = rest.subspan(in_front, size);
            visit(range_of(devices::number_at(entry, 0, 8), devices::number_at(entry, 8, 8),
                           devices::number_at(entry, 16, 4) == type_usable));
            rest = rest.subspan(in_front + size);
        }
    }

private:
    static constexpr std::size_t least_entry_size = 20;

    devices::Bytes bytes_;
    std::size_t entry_size_ = least_entry_size;
};

/// The first address from `begin` on that is not usable, whatever the order of the ranges; where ranges
/// overlap, the one that is not usable counts. `for_each` calls its argument with each range.
template <typename ForEach>
[[nodiscard]] constexpr std::uint64_t usable_end(std::uint64_t begin, ForEach for_each) {
    std::uint64_t end = begin;
    for (std::uint64_t before = end + 1; before != end;) {
        before = end;
        for_each([&](const MemoryRange& range) {
            if (range.is_usable && range.begin <= end)
                end = std::max(end, range.end);
        });
    }
    for_each([&](const MemoryRange& range) {
        if (!range.is_usable && range.begin < range.end && range.end > begin)
            end = std::min(end, std::max(begin, range.begin));
    });
    return end;
}

}  // namespace exitscope::boot
