// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "arch/nested/svm_hypervisor.h"

#include <cstring>

#include "arch/control_register.h"
#include "arch/descriptor_tables.h"
#include "arch/msr.h"
#include "arch/nested/hypervisor_memory.h"
#include "arch/root_table.h"
#include "arch/svm_instructions.h"
#include "arch/wait.h"

/// In program.S.
extern "C" void svm_enter(std::uint64_t control_block, std::uint64_t argument);

namespace exitscope::arch::svm {

namespace {

/// Offsets in the VMCB.
/// Source: AMD APM vol. 2, appendix "Layout of VMCB".
enum class Field : std::uint32_t {
    intercept_exceptions = 0x008,
    intercept_first = 0x00c,
    intercept_second = 0x010,
    port_permissions = 0x040,
    msr_permissions = 0x048,
    address_space = 0x058,
    interrupt_control = 0x060,
    exit_code = 0x070,
    nested_control = 0x090,
    event_injection = 0x0a8,
    nested_root = 0x0b0,
    es = 0x400,
    cs = 0x410,
    ss = 0x420,
    ds = 0x430,
    gdtr = 0x460,
    idtr = 0x480,
    efer = 0x4d0,
    cr4 = 0x548,
    cr3 = 0x550,
    cr0 = 0x558,
    dr7 = 0x560,
    dr6 = 0x568,
    rflags = 0x570,
    rip = 0x578,
    rsp = 0x5d8,
    page_attributes = 0x668,
};

/// Intercepts of the first and of the second word.
constexpr std::uint32_t first_intr = 1U << 0;
constexpr std::uint32_t first_nmi = 1U << 1;
constexpr std::uint32_t first_cpuid = 1U << 18;
constexpr std::uint32_t first_hlt = 1U << 24;
constexpr std::uint32_t first_invlpga = 1U << 26;
constexpr std::uint32_t first_ports = 1U << 27;
constexpr std::uint32_t first_msrs = 1U << 28;
constexpr std::uint32_t first_shutdown = 1U << 31;
constexpr std::uint32_t second_vmrun = 1U << 0;
constexpr std::uint32_t second_vmmcall = 1U << 1;
constexpr std::uint32_t exception_ud = 1U << 6;
constexpr std::uint32_t exception_pf = 1U << 14;

constexpr std::uint64_t virtual_interrupt_masking = std::uint64_t{1} << 24;
constexpr std::uint64_t nested_paging_enable = 1;
constexpr std::uint64_t event_valid = std::uint64_t{1} << 31;
constexpr std::uint64_t refused = ~std::uint64_t{0};

/// Attributes as a VMCB has them: 64-bit code, and data.
constexpr std::uint16_t code_attributes = 0x29b;
constexpr std::uint16_t data_attributes = 0xc93;
constexpr std::uint16_t code_selector = 0x08;

template <typename Value>
void put(Field field, Value value) {
    std::memcpy(&hypervisor_memory.control[static_cast<std::uint32_t>(field)], &value, sizeof(value));
}

std::uint64_t get(Field field) {
    std::uint64_t value = 0;
    std::memcpy(&value, &hypervisor_memory.control[static_cast<std::uint32_t>(field)], sizeof(value));
    return value;
}

void put_segment(Field field, std::uint16_t selector, std::uint16_t attributes, std::uint32_t limit,
                 std::uint64_t base) {
    struct Segment {
        std::uint16_t selector;
        std::uint16_t attributes;
        std::uint32_t limit;
        std::uint64_t base;
    };
    put(field, Segment{selector, attributes, limit, base});
}

void fill_controls(const NestedControls& controls) {
    put(Field::intercept_exceptions,
        (controls.undefined_opcodes ? exception_ud : 0) | (controls.page_faults ? exception_pf : 0));
    put(Field::intercept_first, first_intr | first_nmi | first_cpuid | first_hlt | first_invlpga |
                                    first_ports | first_msrs | first_shutdown);
    put(Field::intercept_second, second_vmrun | second_vmmcall);
    auto& memory = hypervisor_memory;
    std::memset(&memory.port_permissions[0], controls.ports ? 0xff : 0, sizeof(memory.port_permissions));
    std::memset(&memory.msr_permissions[0], controls.msrs ? 0xff : 0, sizeof(memory.msr_permissions));
    put(Field::port_permissions, address_of(&memory.port_permissions[0]));
    put(Field::msr_permissions, address_of(&memory.msr_permissions[0]));
    put(Field::address_space, std::uint32_t{1});
    put(Field::interrupt_control, virtual_interrupt_masking);
    if (controls.own_paging) {
        put(Field::nested_control, nested_paging_enable);
        put(Field::nested_root, fill_nested_tables(table_entry, large_page_entry));
    }
}

void fill_state() {
    constexpr std::uint32_t whole = 0xffff'ffff;
    put_segment(Field::cs, code_selector, code_attributes, whole, 0);
    for (const auto field : {Field::es, Field::ss, Field::ds})
        put_segment(field, 0, data_attributes, whole, 0);
    const auto gdt = sgdt();
    const auto idt = sidt();
    put_segment(Field::gdtr, 0, 0, gdt.limit, gdt.base);
    put_segment(Field::idtr, 0, 0, idt.limit, idt.base);
    put(Field::efer, rdmsr(Msr::efer));
    put(Field::cr0, read_cr0());
    put(Field::cr3, kernel_root());
    put(Field::cr4, kernel_cr4);
    put(Field::dr6, std::uint64_t{0xffff'0ff0});
    put(Field::dr7, std::uint64_t{0x400});
    put(Field::rflags, std::uint64_t{0x202});
    put(Field::rsp, address_of(&hypervisor_memory.stack[sizeof(hypervisor_memory.stack)]));
    put(Field::page_attributes, std::uint64_t{0x0007'0406'0007'0406});  // the value after reset
}

}  // namespace

void set_svme(bool enable) {
    const auto efer = rdmsr(Msr::efer);
    wrmsr_or_fault(Msr::efer, enable ? efer | efer_svme : efer & ~efer_svme);
}

std::string_view start(const NestedControls& controls) {
    set_svme(true);
    if ((rdmsr(Msr::efer) & efer_svme) == 0)
        return "EFER.SVME could not be set";
    wrmsr_or_fault(Msr::host_save_area, address_of(&hypervisor_memory.host[0]));
    std::memset(&hypervisor_memory.control[0], 0, sizeof(hypervisor_memory.control));
    fill_controls(controls);
    fill_state();
    return {};
}

void stop() {
    stgi();  // the last exit of the nested guest cleared the flag
    set_svme(false);
}

void set_entry(NestedProgram program) {
    put(Field::rip, program);
}

// The control block has the next RIP only where the CPU saves it, which QEMU's TCG does not.
void skip_instruction() {
    constexpr std::uint64_t length_of_cpuid = 2;
    put(Field::rip, get(Field::rip) + length_of_cpuid);
}

void enter(std::uint64_t argument) {
    svm_enter(address_of(&hypervisor_memory.control[0]), argument);
    if (was_refused())
        set_missed_event("VMRUN was refused");
}

void inject(std::uint8_t vector) {
    put(Field::event_injection, event_valid | vector);
}

void spoil_control_block() {
    put(Field::address_space, std::uint32_t{0});
}

void enter_as_it_is() {
    svm_enter(address_of(&hypervisor_memory.control[0]), 0);
}

bool was_refused() {
    return get(Field::exit_code) == refused;
}

}  // namespace exitscope::arch::svm
