// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// INVPCID of one address: shadow paging must see it, two-dimensional paging need not.

#include "workloads/support/tlb.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    arch::invpcid(arch::InvpcidType::address, nullptr);
}

constexpr Workload invpcid_address = checked({
    .name = "invpcid_address",
    .summary = "INVPCID of one address",
    .why = "as INVLPG: KVM has to see it only where the TLB is of its own shadow tables",
    .source = "Intel SDM Vol. 3C, Enable INVPCID; Linux svm/svm.c, svm_recalc_instruction_intercepts()",
    .group = Group::paging,
    .skip_reason = skip_without_invpcid,
    .step = step,
    .price = invpcid_price,
});

REGISTER_WORKLOAD(invpcid_address);

}  // namespace

}  // namespace exitscope::workloads
