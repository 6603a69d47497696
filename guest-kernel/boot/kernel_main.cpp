// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// From the boot code to the verdict.

#include <array>

#include "arch/control_register.h"
#include "arch/interrupts.h"
#include "arch/machine.h"
#include "arch/page_pool.h"
#include "boot/boot_information.h"
#include "devices/console.h"
#include "devices/power.h"
#include "runner/run.h"

namespace exitscope::boot {

namespace {

std::array<char, 8192> report_line;
constinit report::ReportWriter report{devices::write_console, report_line};

/// Looked for at the start: the exits of the end are known in advance (ReportWriter::end).
bool stays = false;

/// Where ACPI's RSDP is, if the boot loader told.
std::uint64_t acpi_root_pointer = 0;

/// What the boot loader left, as far as the identity mapping goes.
devices::Bytes loader_memory(std::uint64_t address, std::size_t size) {
    constexpr std::uint64_t identity_end = 1U << 30;
    if (address == 0 || address >= identity_end || size > identity_end - address)
        return {};
    return {reinterpret_cast<const std::uint8_t*>(address), size};
}

[[noreturn]] void stop(model::Verdict verdict) {
    arch::stop_machine(model::debug_exit_code(verdict));
    if (stays)
        arch::halt_for_ever();
    devices::end_machine(acpi_root_pointer);
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
extern "C" [[noreturn]] void kernel_main(std::uint32_t loader_magic, std::uint32_t information) {
    stays = arch::is_to_stay();
    devices::start_console();
    arch::start_interrupts(on_fault);
    const auto boot = read_boot_information(loader_magic, information, loader_memory);
    acpi_root_pointer = boot.acpi_root_pointer;
    if (!boot.problem.empty()) {
        runner::abandon(report, boot.problem);
        stop(model::Verdict::error);
    }
    arch::start_page_pool(boot.fresh_memory.begin, boot.fresh_memory.end);
    const auto ending = runner::run_workloads(report, boot.command_line);
    if (ending.triple_fault)
        arch::triple_fault();
    stop(ending.verdict);
}

}  // namespace exitscope::boot
