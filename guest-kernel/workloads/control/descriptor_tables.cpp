// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// SGDT and SIDT. A negative control: both have exit reasons that KVM asks for only to emulate UMIP.

#include "arch/descriptor_tables.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    static_cast<void>(arch::sgdt());
    static_cast<void>(arch::sidt());
}

constexpr Price price(const Subject&) {
    return {};
}

constexpr Workload descriptor_tables = checked({
    .name = "descriptor_tables",
    .summary = "SGDT and SIDT",
    .why = "KVM asks for exits on descriptor tables only to emulate UMIP, which this guest leaves off",
    .source = "Linux vmx/vmx.c, vmx_set_cr4(): SECONDARY_EXEC_DESC; svm/svm.c, init_vmcb()",
    .group = Group::control,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(descriptor_tables);

}  // namespace

}  // namespace exitscope::workloads
