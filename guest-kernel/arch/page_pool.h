// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// A pool of guest-physical pages that nothing has touched since the machine started, and its page tables.

#include <cstdint>
#include <optional>

namespace exitscope::arch {

inline constexpr std::uint64_t page_size = 4096;
/// The pages that one page table of the last level maps: 2 MiB.
inline constexpr std::uint64_t pages_per_table = 512;

/// The largest pool that the page tables in boot/boot.S can map.
inline constexpr std::uint64_t pool_max_pages = 64 * pages_per_table;

/// What `take_backed_pages` has: enough for a page a step, for the 2 N steps of N = 1200.
inline constexpr std::uint64_t backed_pages = 5 * pages_per_table;

/// Consecutive fresh pages, 2 MiB aligned, not mapped by the pool's page tables yet.
struct PageRange {
    std::uint64_t first = 0;
    std::uint64_t count = 0;
};

/// Sets where the pool lies in guest-physical memory, which nothing has touched there; `begin` is 2 MiB
/// aligned and below 1 GiB less the largest pool. Where `end` is not above it, the pool has no page.
void start_page_pool(std::uint64_t begin, std::uint64_t end);

/// Takes fresh pages; nothing where too few are left. Exits: none; touches no page of the range.
[[nodiscard]] std::optional<PageRange> take_pages(std::uint64_t count);

/// Bits of a page table entry.
/// Source: Intel SDM Vol. 3A, "Format of a Page-Table Entry that Maps a 4-KByte Page".
enum class PageAccess : std::uint64_t {
    read_only = 0x01,
    writable = 0x03,
    writable_clean = 0x23,  ///< Accessed is set, dirty is not.
    writable_used = 0x63,   ///< Accessed and dirty are set before any access.
};

/// Writes the page table entry of one page; accessed and dirty are clear if not said otherwise.
///
/// Exits: none under two-dimensional paging. Under shadow paging one page fault, if KVM shadows and
/// write-protects this page table now.
void map_page(const PageRange& range, std::uint64_t index, PageAccess access = PageAccess::writable);

/// Maps the page to another guest-physical address, for example one where no memory is. Exits: as `map_page`.
void map_page_to(const PageRange& range, std::uint64_t index, std::uint64_t guest_physical_address,
                 PageAccess access);

/// Makes the page not present; its translation stays in the TLB until it is invalidated. Exits: as
/// `map_page`.
void unmap_page(const PageRange& range, std::uint64_t index);

/// Writes an entry of the range's page directory that maps nothing: not present before and after.
///
/// Exits: none under two-dimensional paging. Under shadow paging each write is a page fault as long as KVM
/// shadows the directory; only last-level tables may be out of sync.
void write_unused_directory_entry(std::uint64_t value);

/// Maps the 2 MiB of one of the range's page tables (`table` counts from 0) by a single directory entry,
/// accessed and dirty set.
///
/// Exits: as `write_unused_directory_entry`, and under shadow paging a load of CR3.
void map_large_page(const PageRange& range, std::uint64_t table);

/// Puts one of the range's page tables into the directory, where it is from the start. Exits: as
/// `write_unused_directory_entry`.
void link_page_table(const PageRange& range, std::uint64_t table);

/// Takes one of the range's page tables out of the directory. Exits: as `write_unused_directory_entry`.
void unlink_page_table(const PageRange& range, std::uint64_t table);

/// The directory's entries after those of the pool.
inline constexpr std::uint64_t spare_tables = 440;

/// Makes a page the page table of a directory entry after the pool's, without touching it. `index` is less
/// than `spare_tables`. Exits: as `write_unused_directory_entry`.
void link_spare_table(const PageRange& range, std::uint64_t index);

/// The first linear address that goes through this table of `link_spare_table`; the table may map nothing
/// there.
[[nodiscard]] volatile std::uint8_t* page_of_spare_table(std::uint64_t index);

/// Takes all tables of `link_spare_table` out of the directory and of the TLB. Exits: as `map_large_page`.
void unlink_spare_tables();

/// Takes the range of pages that the host has backed, which all workloads use again. None of its first
/// `count` pages is mapped, and none is in the TLB or in KVM's shadow page tables.
///
/// Exits: many the first time, some later; to be called outside a window.
[[nodiscard]] std::optional<PageRange> take_backed_pages(std::uint64_t count);

/// The linear address at which `map_page` maps the page.
[[nodiscard]] volatile std::uint8_t* mapped_page(const PageRange& range, std::uint64_t index);

/// The same page through the identity mapping, which exists from the start.
[[nodiscard]] volatile std::uint8_t* identity_page(const PageRange& range, std::uint64_t index);

/// Guest-physical memory, or what else is at that address, without any further use of the pool: above 1 GiB
/// its linear addresses show this from then on. Valid until the next call; nullptr for more than 2 MiB.
///
/// Exits: whatever the memory takes.
[[nodiscard]] volatile std::uint8_t* physical_memory(std::uint64_t address, std::uint64_t size);

/// Writes to every page of the kernel's image, data and stacks, but to no page table, and changes nothing.
///
/// Exits: whatever the host still has to do for these pages, so that a window has none of them.
void touch_kernel_pages();

}  // namespace exitscope::arch
