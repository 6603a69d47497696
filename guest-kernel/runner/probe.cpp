// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "runner/probe.h"

#include "arch/control_register.h"
#include "arch/cpuid.h"
#include "arch/instructions.h"
#include "arch/interrupts.h"
#include "arch/local_apic.h"
#include "arch/nested/vmx_hypervisor.h"
#include "arch/page_pool.h"
#include "arch/port.h"
#include "arch/svm_instructions.h"
#include "arch/vmx_instructions.h"
#include "devices/firmware_rom.h"
#include "devices/io_apic.h"
#include "runner/measure.h"
#include "workloads/support/control_block.h"

namespace exitscope::runner {

namespace {

arch::PageRange pages;
meter::Window window;

void touch_first(std::uint64_t) {
    *arch::mapped_page(pages, 0) = 1;
}

void touch_next(std::uint64_t) {
    *arch::mapped_page(pages, 1) = 1;
}

void end_interrupt(std::uint64_t) {
    arch::end_of_interrupt();
}

/// The exits of `reason` that one step costs.
std::uint64_t exits_of(meter::ExitMeter& meter, void (*step)(std::uint64_t), model::ReasonNumber reason) {
    measure(meter, step, 1, {}, window);
    return window.exits.of(reason);
}

void probe_paging(meter::ExitMeter& meter, model::Subject& subject) {
    const auto taken = arch::take_pages(arch::pages_per_table);
    if (!taken)
        return;
    pages = *taken;
    // Through a guest page of 2 MiB the size of the host's pages shows under shadow paging, too.
    arch::map_large_page(pages, 0);
    const auto nested_fault = subject.reason(model::VmxExitReason::ept_violation, model::SvmExitReason::npf);
    const auto page_fault =
        subject.reason(model::VmxExitReason::exception_nmi, model::SvmExitReason::excp_pf);
    measure(meter, touch_first, 1, {}, window);
    if (subject.paging == model::Paging::unknown) {
        if (window.exits.of(nested_fault) != 0)
            subject.paging = model::Paging::two_dimensional;
        else if (window.exits.of(page_fault) != 0)
            subject.paging = model::Paging::shadow;
    }
    if (subject.paging != model::Paging::unknown) {
        const auto fault = subject.paging == model::Paging::two_dimensional ? nested_fault : page_fault;
        subject.backing =
            exits_of(meter, touch_next, fault) != 0 ? model::Backing::pages_4k : model::Backing::larger;
    }
    arch::link_page_table(pages, 0);
}

/// The devices that answer at addresses. Needs `probe_paging` done, of whose pages it takes two others.
///
/// Where there are no pages they count as there: the workloads then say what is missing.
void probe_mapped_devices(model::Subject& subject) {
    constexpr std::uint64_t index = 2;
    subject.devices.set(model::Device::io_apic, true);
    subject.devices.set(model::Device::firmware_rom, true);
    if (pages.count <= index + 1)
        return;
    arch::map_page_to(pages, index, devices::io_apic_address, arch::PageAccess::writable_used);
    subject.devices.set(model::Device::io_apic, devices::is_io_apic(arch::mapped_page(pages, index)));
    arch::unmap_page(pages, index);
    arch::map_page_to(pages, index + 1, devices::firmware_rom_address, arch::PageAccess::writable_used);
    subject.devices.set(model::Device::firmware_rom, devices::is_rom(arch::mapped_page(pages, index + 1)));
    arch::unmap_page(pages, index + 1);
}

/// Four characters, as CPUID returns text.
constexpr std::uint32_t word_of(std::string_view text) {
    std::uint32_t word = 0;
    for (std::size_t index = 4; index > 0; --index)
        word = word << 8 | static_cast<std::uint8_t>(text[index - 1]);
    return word;
}

/// Whether the brand begins as that of QEMU's TCG, whose own -cpu max hands it on to its guest.
/// Source: QEMU target/i386/cpu.c, max_x86_cpu_initfn(); AMD APM vol. 3, "Processor Name String".
bool has_brand_of_tcg() {
    const auto brand = arch::cpuid(0x8000'0002, 0);
    constexpr std::string_view begin = "QEMU TCG CPU";
    return brand.eax == word_of(begin.substr(0)) && brand.ebx == word_of(begin.substr(4)) &&
           brand.ecx == word_of(begin.substr(8));
}

/// Which instructions the CPU executes for a guest without an exit, and whether the CPU is QEMU's TCG.
void probe_svm(meter::ExitMeter& meter, model::Subject& subject) {
    const auto stgi = [](std::uint64_t) { arch::stgi(); };
    subject.exits_per_stgi = exits_of(meter, stgi, number_of(model::SvmExitReason::stgi)) != 0 ? 1 : 0;
    const auto invd = [](std::uint64_t) { arch::invd(); };
    subject.invd_is_wbinvd = exits_of(meter, invd, number_of(model::SvmExitReason::wbinvd)) != 0;
    subject.qemu_tcg = subject.invd_is_wbinvd || has_brand_of_tcg();
    // KVM wants an exit for each; anything else than TCG has to give it, or cr4_read fails.
    const auto read_cr4 = [](std::uint64_t) { static_cast<void>(arch::read_cr4()); };
    const bool lost = exits_of(meter, read_cr4, number_of(model::SvmExitReason::cr4_read)) == 0;
    subject.cr_reads_lost = subject.qemu_tcg && lost;
    const auto vmsave = [](std::uint64_t) { arch::vmsave(workloads::control_block()); };
    subject.exits_per_vmload = exits_of(meter, vmsave, number_of(model::SvmExitReason::vmsave)) != 0 ? 1 : 0;
}

/// Whether KVM intercepts the IRET of an NMI's handler. Needs the local APIC.
void probe_nmi(meter::ExitMeter& meter, model::Subject& subject) {
    static const std::uint32_t self = arch::apic_id();
    arch::set_interrupt_handler(arch::nmi_vector, [](arch::InterruptFrame&) {});
    const auto nmi = [](std::uint64_t) { arch::send_nmi(self); };
    subject.exits_per_nmi_iret = exits_of(meter, nmi, number_of(model::SvmExitReason::iret)) != 0 ? 1 : 0;
    arch::set_interrupt_handler(arch::nmi_vector, nullptr);
}

/// Whether KVM enables VM functions, and shadow VMCSs for a guest that is a hypervisor.
void probe_vmx(meter::ExitMeter& meter, model::Subject& subject) {
    const auto vmfunc = [](std::uint64_t) { arch::vmfunc(0); };
    const auto number = number_of(model::VmxExitReason::vmfunc);
    subject.vmfunc =
        exits_of(meter, vmfunc, number) != 0 ? number : number_of(model::VmxExitReason::exception_nmi);
    if (!subject.cpu.has(model::CpuFeature::vmx))
        return;
    arch::vmx::load_empty_vmcs();
    const auto vmread = [](std::uint64_t) {
        static_cast<void>(arch::vmx::read(arch::VmcsField::exit_reason));
    };
    subject.exits_per_vmread = exits_of(meter, vmread, number_of(model::VmxExitReason::vmread)) != 0 ? 1 : 0;
    arch::vmx::leave_operation();
    arch::vmx::forget_operation();
}

void probe_string(meter::ExitMeter& meter, model::Subject& subject) {
    const auto no_byte = [](std::uint64_t) { arch::out8(arch::Port::post_code, std::string_view{}); };
    const auto io = subject.reason(model::VmxExitReason::io_instruction, model::SvmExitReason::ioio);
    subject.exits_per_empty_string = exits_of(meter, no_byte, io) != 0 ? 1 : 0;
}

}  // namespace

model::Subject probe_subject(const meter::CounterSource& source, meter::ExitMeter& meter,
                             const model::CpuFeatures& cpu, const model::Devices& devices) {
    model::Subject subject{.isa = source.isa, .paging = source.paging, .cpu = cpu, .devices = devices};
    probe_paging(meter, subject);
    probe_mapped_devices(subject);
    if (devices.has(model::Device::local_apic)) {
        measure(meter, end_interrupt, 1, {}, window);
        const auto write = subject.reason(model::VmxExitReason::msr_write, model::SvmExitReason::msr);
        subject.exits_per_eoi = window.exits.of(write) != 0 ? 1 : 0;
        if (subject.isa == model::InstructionSet::svm)
            probe_nmi(meter, subject);
    }
    if (subject.isa == model::InstructionSet::svm)
        probe_svm(meter, subject);
    else
        probe_vmx(meter, subject);
    probe_string(meter, subject);
    return subject;
}

}  // namespace exitscope::runner
