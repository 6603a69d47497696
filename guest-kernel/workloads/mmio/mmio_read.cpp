// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// A read of an address where nothing is: user space supplies the value. The page was read before.

#include "workloads/support/mmio.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange page;

std::string_view prepare(std::uint64_t) {
    return map_and_read(page, unassigned_address);
}

void step(std::uint64_t) {
    static_cast<void>(*arch::mapped_page(page, 0));
}

// KVM marks the page in its tables as one without memory: with EPT by an entry that is misconfigured, with
// NPT and under shadow paging by a reserved bit.
constexpr Price price(const Subject& subject) {
    return {.each = {{mmio_fault(subject), 1, "gpa:mmio"}}};
}

constexpr Workload mmio_read = checked({
    .name = "mmio_read",
    .summary = "read an address where no memory is, for the second time",
    .why = "KVM marks such a page in its tables, so the access is known for MMIO at once; user space answers",
    .source = "Linux mmu/spte.c, make_mmio_spte(); vmx/vmx.c, handle_ept_misconfig()",
    .group = Group::mmio,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(mmio_read);

}  // namespace

}  // namespace exitscope::workloads
