// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "runner/probe.h"

#include "arch/local_apic.h"
#include "arch/page_pool.h"
#include "runner/measure.h"

namespace exitscope {

namespace {

arch::PageRange pages;
Window window;

void touch_first(std::uint64_t) {
    *arch::mapped_page(pages, 0) = 1;
}

void touch_next(std::uint64_t) {
    *arch::mapped_page(pages, 1) = 1;
}

void end_interrupt(std::uint64_t) {
    arch::end_of_interrupt();
}

void probe_paging(ExitMeter& meter, Subject& subject) {
    const auto taken = arch::take_pages(arch::pages_per_table);
    if (!taken)
        return;
    pages = *taken;
    arch::map_page(pages, 0);
    arch::map_page(pages, 1);
    const auto nested_fault = subject.reason(VmxExitReason::ept_violation, SvmExitReason::npf);
    const auto page_fault = subject.reason(VmxExitReason::exception_nmi, SvmExitReason::excp_pf);
    measure(meter, touch_first, 1, {}, window);
    if (subject.paging == Paging::unknown) {
        if (window.exits.of(nested_fault) != 0)
            subject.paging = Paging::two_dimensional;
        else if (window.exits.of(page_fault) != 0)
            subject.paging = Paging::shadow;
    }
    if (subject.paging == Paging::two_dimensional) {
        measure(meter, touch_next, 1, {}, window);
        subject.backing = window.exits.of(nested_fault) != 0 ? Backing::pages_4k : Backing::larger;
    }
}

}  // namespace

Subject probe_subject(const CounterSource& source, ExitMeter& meter, const CpuFeatures& cpu) {
    Subject subject{.isa = source.isa, .paging = source.paging, .cpu = cpu};
    probe_paging(meter, subject);
    if (cpu.has(CpuFeature::x2apic)) {
        measure(meter, end_interrupt, 1, {}, window);
        const auto write = subject.reason(VmxExitReason::msr_write, SvmExitReason::msr);
        subject.exits_per_eoi = window.exits.of(write) != 0 ? 1 : 0;
    }
    return subject;
}

}  // namespace exitscope
