// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include "exit_counters.h"
#include "host_kvm/kvm_probe.h"
#include "model/coursework_counters.h"

namespace exitscope::command::host_kvm {

void look_for_counters(const GuestCpuid& cpuid, KvmProbe& probe) {
    if (cpuid(EXIT_COUNTERS_LEAF_SIGNATURE, 0) ==
        model::CpuidResult{EXIT_COUNTERS_LEAF_TOTAL, EXIT_COUNTERS_SIGNATURE_EBX, EXIT_COUNTERS_SIGNATURE_ECX,
                           EXIT_COUNTERS_SIGNATURE_EDX}) {
        probe.counters = "exitscope";
        return;
    }
    // A guest that did not run leaves nothing that grows.
    const auto coursework =
        model::find_coursework_counters([&cpuid](std::uint32_t leaf, std::uint32_t number) {
            return cpuid(leaf, number).value_or(model::CpuidResult{});
        });
    probe.counters = coursework.name;
    if (!coursework.problem.empty())
        probe.remark = fmt::format("{} (CPUID leaf {:#x})", coursework.problem, coursework.problem_leaf);
    for (const auto remark : {coursework.undefined_remark, coursework.cycles_remark}) {
        if (!remark.empty())
            probe.remark += (probe.remark.empty() ? "" : "; ") + std::string{remark};
    }
}

}  // namespace exitscope::command::host_kvm
