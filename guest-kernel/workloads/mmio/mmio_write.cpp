// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// A write to an address where nothing is: user space takes it. The page was read before.

#include "workloads/support/mmio.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange page;

std::string_view prepare(std::uint64_t) {
    return map_and_read(page, unassigned_address);
}

void step(std::uint64_t) {
    *arch::mapped_page(page, 0) = 1;
}

constexpr Price price(const Subject& subject) {
    return {.each = {{mmio_fault(subject), 1, "gpa:mmio"}}};
}

constexpr Workload mmio_write = checked({
    .name = "mmio_write",
    .summary = "write an address where no memory is",
    .why = "KVM marks such a page in its tables, so the access is known for MMIO at once; user space gets "
           "each write",
    .source = "Linux mmu/spte.c, make_mmio_spte(); x86.c, emulator_read_write()",
    .group = Group::mmio,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(mmio_write);

}  // namespace

}  // namespace exitscope::workloads
