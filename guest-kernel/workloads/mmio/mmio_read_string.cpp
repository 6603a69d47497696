// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// One REP MOVSD from an address where nothing is: user space supplies four values, within one exit.

#include <array>

#include "arch/page_touch.h"
#include "workloads/support/mmio.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

arch::PageRange page;

std::array<std::uint32_t, 4> values;

std::string_view prepare(std::uint64_t) {
    return map_and_read(page, unassigned_address);
}

void step(std::uint64_t) {
    arch::read_string(values, arch::mapped_page(page, 0));
}

// KVM comes back from user space into its emulator, not into the guest, and repeats there.
constexpr Price price(const Subject& subject) {
    return {.each = {{mmio_fault(subject), 1, "gpa:mmio"}}};
}

constexpr Workload mmio_read_string = checked({
    .name = "mmio_read_string",
    .summary = "REP MOVSD of four elements from an address where no memory is",
    .why =
        "the first access exits, and KVM emulates the instruction to its end, asking user space four times",
    .source = "Linux emulate.c, x86_emulate_insn(): EMULATION_RESTART; x86.c, complete_emulated_mmio()",
    .group = Group::mmio,
    .prepare = prepare,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(mmio_read_string);

}  // namespace

}  // namespace exitscope::workloads
