// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "arch/page_pool.h"

#include <algorithm>

#include "arch/root_table.h"

// Both are in linker/guest.lds, the tables filled in by boot/boot.S.
extern "C" volatile std::uint64_t pool_page_tables[];
extern "C" volatile std::uint64_t pool_directory[];
extern "C" volatile std::uint8_t kernel_begin[];
extern "C" volatile std::uint8_t kernel_end[];

namespace exitscope::arch {

namespace {

constexpr std::uint64_t pool_linear_begin = 1U << 30;
std::uint64_t pool_physical_begin = 0;
std::uint64_t next_page = 0;
std::uint64_t pool_pages = 0;
std::optional<PageRange> backed;

/// Bits of a page directory entry.
/// Source: Intel SDM Vol. 3A, "Format of a Page-Directory Entry that Maps a 2-MByte Page".
constexpr std::uint64_t entry_table = 0x23;
constexpr std::uint64_t entry_large = 0xe3;
constexpr std::uint64_t pool_tables = pool_max_pages / pages_per_table;
static_assert(pool_tables + spare_tables < pages_per_table, "the last entry stays unused");

volatile std::uint64_t& directory_entry_of(const PageRange& range, std::uint64_t table) {
    return pool_directory[range.first / pages_per_table + table];
}

volatile std::uint64_t& entry_of(const PageRange& range, std::uint64_t index) {
    return pool_page_tables[range.first + index];
}

}  // namespace

void start_page_pool(std::uint64_t begin, std::uint64_t end) {
    pool_physical_begin = begin;
    next_page = 0;
    pool_pages = end > begin ? std::min((end - begin) / page_size, pool_max_pages) : 0;
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

void map_large_page(const PageRange& range, std::uint64_t table) {
    const std::uint64_t page = range.first + table * pages_per_table;
    directory_entry_of(range, table) = (pool_physical_begin + page * page_size) | entry_large;
    reload_cr3();
}

void link_page_table(const PageRange& range, std::uint64_t table) {
    const auto* const entries = &entry_of(range, table * pages_per_table);
    directory_entry_of(range, table) = reinterpret_cast<std::uint64_t>(entries) | entry_table;
}

void unlink_page_table(const PageRange& range, std::uint64_t table) {
    directory_entry_of(range, table) = 0;
}

void link_spare_table(const PageRange& range, std::uint64_t index) {
    const std::uint64_t table = pool_physical_begin + (range.first + index) * page_size;
    pool_directory[pool_tables + index] = table | entry_table;
}

volatile std::uint8_t* page_of_spare_table(std::uint64_t index) {
    return mapped_page({.first = pool_max_pages}, index * pages_per_table);
}

void unlink_spare_tables() {
    for (std::uint64_t index = 0; index < spare_tables; ++index)
        pool_directory[pool_tables + index] = 0;
    reload_cr3();
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
    reload_cr3();
    return PageRange{backed->first, count};
}

volatile std::uint8_t* mapped_page(const PageRange& range, std::uint64_t index) {
    return reinterpret_cast<volatile std::uint8_t*>(pool_linear_begin + (range.first + index) * page_size);
}

volatile std::uint8_t* identity_page(const PageRange& range, std::uint64_t index) {
    return reinterpret_cast<volatile std::uint8_t*>(pool_physical_begin + (range.first + index) * page_size);
}

volatile std::uint8_t* physical_memory(std::uint64_t address, std::uint64_t size) {
    constexpr std::uint64_t large_page = page_size * pages_per_table;
    if (size > large_page)
        return nullptr;
    if (address + size <= pool_linear_begin)
        return reinterpret_cast<volatile std::uint8_t*>(address);
    const std::uint64_t begin = address / large_page * large_page;
    pool_directory[0] = begin | entry_large;
    pool_directory[1] = (begin + large_page) | entry_large;
    reload_cr3();
    return reinterpret_cast<volatile std::uint8_t*>(pool_linear_begin + (address - begin));
}

void touch_kernel_pages() {
    // In one piece: another processor may write the byte meanwhile.
    for (auto* byte = kernel_begin; byte < kernel_end; byte += page_size)
        asm volatile("lock orb $0, %[byte]" : [byte] "+m"(*byte) : : "cc");
}

}  // namespace exitscope::arch
