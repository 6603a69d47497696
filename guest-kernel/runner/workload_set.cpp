// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "runner/workload_set.h"

#include <algorithm>

#include "runner/command_line.h"

// The bounds of the section that REGISTER_WORKLOAD fills; in linker/guest.lds.
extern "C" const exitscope::workloads::Workload* const registered_workloads_begin[];
extern "C" const exitscope::workloads::Workload* const registered_workloads_end[];

namespace exitscope::runner {

const workloads::Workload* WorkloadSet::find(std::string_view name) const {
    const auto found = std::ranges::find_if(all(), [name](const auto* each) { return each->name == name; });
    return found == all().end() ? nullptr : *found;
}

void WorkloadSet::sort() {
    std::ranges::sort(std::span{workloads_.data(), size_}, [](const auto* one, const auto* other) {
        return one->group != other->group ? one->group < other->group : one->name < other->name;
    });
}

WorkloadSet registered_workloads() {
    WorkloadSet set;
    for (const auto* each = registered_workloads_begin; each != registered_workloads_end; ++each)
        set.add(**each);
    set.sort();
    return set;
}

std::string_view select_workloads(const WorkloadSet& from, std::string_view names, WorkloadSet& selected) {
    if (names.empty()) {
        selected = from;
        return {};
    }
    for (auto name = next_word(names, ','); !name.empty(); name = next_word(names, ',')) {
        const workloads::Workload* const workload = from.find(name);
        if (workload == nullptr)
            return name;
        if (selected.find(name) == nullptr)
            selected.add(*workload);
    }
    selected.sort();
    return {};
}

}  // namespace exitscope::runner
