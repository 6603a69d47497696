// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "arch/page_pool.h"

#include <algorithm>

// Both are in linker/guest.lds, the tables filled in by boot/boot.S.
extern "C" std::uint64_t pool_page_tables[];
extern "C" volatile std::uint8_t kernel_begin[];
extern "C" volatile std::uint8_t kernel_end[];

namespace exitscope::arch {

namespace {

constexpr std::uint64_t pool_linear_begin = 1U << 30;
/// Firmware and boot loaders keep tables at the end of memory.
constexpr std::uint64_t spared_at_memory_end = 2U << 20;

/// Source: Intel SDM Vol. 3A, "Format of a Page-Table Entry that Maps a 4-KByte Page".
constexpr std::uint64_t entry_present = 1U << 0;
constexpr std::uint64_t entry_writable = 1U << 1;

std::uint64_t next_page = 0;
std::uint64_t pool_pages = 0;

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

void map_page(const PageRange& range, std::uint64_t index) {
    const std::uint64_t page = range.first + index;
    auto* const entry = static_cast<volatile std::uint64_t*>(pool_page_tables) + page;
    *entry = (pool_physical_begin + page * page_size) | entry_present | entry_writable;
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
