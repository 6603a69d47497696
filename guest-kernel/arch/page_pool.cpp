// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "arch/page_pool.h"

#include <algorithm>

#include "arch/control_register.h"

// Both are in linker/guest.lds, the tables filled in by boot/boot.S.
extern "C" volatile std::uint64_t pool_page_tables[];
extern "C" volatile std::uint64_t pool_directory[];
extern "C" volatile std::uint8_t kernel_begin[];
extern "C" volatile std::uint8_t kernel_end[];

namespace exitscope::arch {

namespace {

constexpr std::uint64_t pool_linear_begin = 1U << 30;
/// Firmware and boot loaders keep tables at the end of memory.
constexpr std::uint64_t spared_at_memory_end = 2U << 20;

/// Enough for a workload that takes a page for each of the 2 N steps of N = 1200.
constexpr std::uint64_t backed_pages = 5 * pages_per_table;

std::uint64_t next_page = 0;
std::uint64_t pool_pages = 0;
std::optional<PageRange> backed;

volatile std::uint64_t& entry_of(const PageRange& range, std::uint64_t index) {
    return pool_page_tables[range.first + index];
}

}  // namespace

void start_page_pool(std::uint64_t memory_end) {
    constexpr std::uint64_t spared_end = pool_physical_begin + spared_at_memory_end;
    const std::uint64_t pages = memory_end > spared_end ? (memory_end - spared_end) / page_size : 0;
    next_page = 0;
    pool_pages = std::min(pages, pool_max_pages);
}

std::optional<PageRange> take_pages(std::uint64_t count) {
    if (count > pool_pages - next_page)
        return std::nullopt;
    const PageRange range{next_page, count};
    const std::uint64_t tables = (count + pages_per_table - 1) / pages_per_table;
    next_page = std::min(next_page + tables * pages_per_table, pool_pages);
    return range;
}

void map_page(const PageRange& range, std::uint64_t index, PageAccess access) {
    map_page_to(range, index, pool_physical_begin + (range.first + index) * page_size, access);
}

void map_page_to(const PageRange& range, std::uint64_t index, std::uint64_t guest_physical_address,
                 PageAccess access) {
    entry_of(range, index) = guest_physical_address | static_cast<std::uint64_t>(access);
}

void unmap_page(const PageRange& range, std::uint64_t index) {
    entry_of(range, index) = 0;
}

void write_unused_directory_entry(std::uint64_t value) {
    constexpr std::uint64_t entry_present = 1;
    pool_directory[pages_per_table - 1] = value & ~entry_present;
}

std::optional<PageRange> take_backed_pages(std::uint64_t count) {
    if (!backed) {
        backed = take_pages(backed_pages);
        for (std::uint64_t page = 0; backed && page < backed_pages; ++page)
            *identity_page(*backed, page) = 1;
    }
    if (!backed || count > backed_pages)
        return std::nullopt;
    for (std::uint64_t page = 0; page < count; ++page)
        unmap_page(*backed, page);
    write_cr3(read_cr3());
    return PageRange{backed->first, count};
}

volatile std::uint8_t* mapped_page(const PageRange& range, std::uint64_t index) {
    return reinterpret_cast<volatile std::uint8_t*>(pool_linear_begin + (range.first + index) * page_size);
}

volatile std::uint8_t* identity_page(const PageRange& range, std::uint64_t index) {
    return reinterpret_cast<volatile std::uint8_t*>(pool_physical_begin + (range.first + index) * page_size);
}

void touch_kernel_pages() {
    for (auto* byte = kernel_begin; byte < kernel_end; byte += page_size)
        *byte = *byte;
}

}  // namespace exitscope::arch
