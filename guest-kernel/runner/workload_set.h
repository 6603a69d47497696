// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The workloads that were linked in, in the report's order, and a choice among them.

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "workloads/workload.h"

namespace exitscope::runner {

/// At most `capacity` workloads.
class WorkloadSet {
public:
    static constexpr std::size_t capacity = 256;  ///< Asserted in linker/guest.lds.

    void add(const workloads::Workload& workload) {
        if (size_ < capacity)
            workloads_[size_++] = &workload;
    }

    [[nodiscard]] std::span<const workloads::Workload* const> all() const {
        return {workloads_.data(), size_};
    }
    [[nodiscard]] const workloads::Workload* find(std::string_view name) const;

    /// By group, then by name.
    void sort();

private:
    std::array<const workloads::Workload*, capacity> workloads_{};
    std::size_t size_ = 0;
};

/// Every registered workload, sorted.
[[nodiscard]] WorkloadSet registered_workloads();

/// Picks `names` (comma-separated; empty means all) out of `from`, in the report's order, each once.
///
/// Errors: returns the first name that is unknown, empty if there is none.
[[nodiscard]] std::string_view select_workloads(const WorkloadSet& from, std::string_view names,
                                                WorkloadSet& selected);

}  // namespace exitscope::runner
