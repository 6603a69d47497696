// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// From the boot code to the verdict.

#include <array>

#include "arch/control_register.h"
#include "arch/interrupts.h"
#include "arch/machine.h"
#include "arch/page_pool.h"
#include "boot/multiboot.h"
#include "devices/console.h"
#include "devices/power.h"
#include "runner/run.h"

namespace exitscope::boot {

namespace {

std::array<char, 8192> report_line;
constinit report::ReportWriter report{devices::write_console, report_line};

/// Looked for at the start: the exits of the end are known in advance (ReportWriter::end).
bool stays = false;

[[noreturn]] void stop(model::Verdict verdict) {
    arch::stop_machine(model::debug_exit_code(verdict));
    if (stays)
        arch::halt_for_ever();
    devices::end_machine();
}

/// An exception in the guest kernel is our own fault: says where, then ends the run as ERROR.
void on_fault(const arch::InterruptFrame& frame) {
    report::Text<256> where;
    where.text("fault ").text(arch::exception_name(frame.vector));
    where.text(" vector=").decimal(frame.vector).text(" error_code=0x").hexadecimal(frame.error_code);
    where.text(" rip=0x").hexadecimal(frame.rip).text(" rsp=0x").hexadecimal(frame.rsp);
    where.text(" cr2=0x").hexadecimal(arch::read_cr2()).text(" rflags=0x").hexadecimal(frame.rflags);
    report.comment(where.view());
    where.clear();
    where.text("unexpected exception ").text(arch::exception_name(frame.vector));
    where.text(" at rip 0x").hexadecimal(frame.rip);
    runner::abandon(report, where.view());
    stop(model::Verdict::error);
}

}  // namespace

/// Called by boot.S in 64-bit mode, with interrupts off, on the boot stack.
extern "C" [[noreturn]] void kernel_main(std::uint32_t magic, const MultibootInfo* info) {
    stays = arch::is_to_stay();
    devices::start_console();
    arch::start_interrupts(on_fault);
    if (magic != multiboot_loader_magic) {
        runner::abandon(report, "not started by a multiboot 1 loader");
        stop(model::Verdict::error);
    }
    arch::start_page_pool(info->memory_end());
    const auto ending = runner::run_workloads(report, info->command_line());
    if (ending.triple_fault)
        arch::triple_fault();
    stop(ending.verdict);
}

}  // namespace exitscope::boot
