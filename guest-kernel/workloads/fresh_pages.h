// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Fresh pages for a workload's `prepare`.

#include <string_view>

#include "arch/page_pool.h"

namespace exitscope {

/// Takes `count` fresh pages into `pages`; answers what is missing, empty if nothing.
[[nodiscard]] inline std::string_view take_fresh_pages(arch::PageRange& pages, std::uint64_t count) {
    const auto taken = arch::take_pages(count);
    if (!taken)
        return "the page pool is used up: fewer iterations, or more memory for the VM (-m), would do";
    pages = *taken;
    return {};
}

}  // namespace exitscope
