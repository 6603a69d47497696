// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "arch/nested/vmx_hypervisor.h"

#include <cstring>

#include "arch/control_register.h"
#include "arch/descriptor_tables.h"
#include "arch/exception_table.h"
#include "arch/msr.h"
#include "arch/nested/hypervisor_memory.h"
#include "arch/root_table.h"
#include "arch/vmx_instructions.h"
#include "arch/wait.h"

/// In program.S.
extern "C" std::uint32_t vmx_enter(std::uint32_t is_launched, std::uint64_t argument);
extern "C" void vmx_host_entry();

namespace exitscope::arch::vmx {

namespace {

constexpr std::uint64_t cr0_numeric_error = 1U << 5;
constexpr std::uint64_t cr4_vmx_enable = 1U << 13;
constexpr std::uint64_t feature_lock = 1U << 0;
constexpr std::uint64_t feature_vmx = 1U << 2;

/// Source: Intel SDM Vol. 3C, "VM-Execution Control Fields" and the two following sections.
constexpr std::uint32_t pin_interrupts = 1U << 0;
constexpr std::uint32_t pin_nmis = 1U << 3;
constexpr std::uint32_t processor_hlt = 1U << 7;
constexpr std::uint32_t processor_ports = 1U << 24;
constexpr std::uint32_t processor_msr_bitmap = 1U << 28;
constexpr std::uint32_t processor_secondary = 1U << 31;
constexpr std::uint32_t secondary_ept = 1U << 1;
constexpr std::uint32_t host_is_64_bit = 1U << 9;
constexpr std::uint32_t guest_is_64_bit = 1U << 9;
constexpr std::uint32_t exception_ud = 1U << 6;
constexpr std::uint32_t exception_pf = 1U << 14;
constexpr std::uint64_t interruption_valid = std::uint64_t{1} << 31;
constexpr std::uint64_t entry_failed = std::uint64_t{1} << 31;

/// Write-back, four levels.
constexpr std::uint64_t ept_pointer_bits = 0x1e;

/// Segments as a VMCS has them.
constexpr std::uint64_t code_access = 0xa09b;
constexpr std::uint64_t data_access = 0xc093;
constexpr std::uint64_t busy_task_access = 0x8b;
constexpr std::uint64_t unusable = 0x1'0000;
constexpr std::uint64_t code_selector = 0x08;
constexpr std::uint64_t some_task_selector = 0x18;  // An exit takes it as it is; no descriptor is read.
constexpr std::uint32_t task_limit = 0x67;
constexpr std::uint64_t es_to_gs = 6;
constexpr std::uint64_t flags_interrupts_on = 0x202;

std::uint64_t kernel_cr0 = 0;
std::uint64_t operation_region = 0;
std::uint64_t vmcs_region = 0;
std::uint64_t spare = 0;
bool is_launched = false;

VmcsField after(VmcsField field, std::uint64_t index) {
    return static_cast<VmcsField>(static_cast<std::uint64_t>(field) + 2 * index);
}

/// What is wanted, with what the processor wants set or clear.
std::uint64_t controls_of(Msr capability, std::uint32_t wanted) {
    const auto allowed = rdmsr(capability);
    return (wanted | static_cast<std::uint32_t>(allowed)) & (allowed >> 32);
}

/// Empties a page and makes it a region of VMX.
std::uint64_t make_region(std::uint8_t* page) {
    std::memset(page, 0, page_size);
    const auto revision = static_cast<std::uint32_t>(rdmsr_or_fault(Msr::vmx_basic));
    std::memcpy(page, &revision, sizeof(revision));
    return address_of(page);
}

void write_controls(const NestedControls& controls) {
    write(VmcsField::pin_controls, controls_of(Msr::vmx_true_pin_controls, pin_interrupts | pin_nmis));
    std::uint32_t wanted = processor_hlt;
    wanted |= controls.ports ? processor_ports : 0;
    wanted |= controls.msrs ? 0 : processor_msr_bitmap;
    wanted |= controls.own_paging ? processor_secondary : 0;
    write(VmcsField::processor_controls, controls_of(Msr::vmx_true_processor_controls, wanted));
    write(VmcsField::exit_controls, controls_of(Msr::vmx_true_exit_controls, host_is_64_bit));
    write(VmcsField::entry_controls, controls_of(Msr::vmx_true_entry_controls, guest_is_64_bit));
    write(VmcsField::exception_bitmap,
          (controls.undefined_opcodes ? exception_ud : 0) | (controls.page_faults ? exception_pf : 0));
    auto& bitmap = hypervisor_memory.msr_permissions;
    std::memset(&bitmap[0], 0, sizeof(bitmap));
    write(VmcsField::msr_bitmap, address_of(&bitmap[0]));
    if (controls.own_paging) {
        write(VmcsField::secondary_controls, controls_of(Msr::vmx_secondary_controls, secondary_ept));
        write(VmcsField::ept_pointer, fill_nested_tables(table_entry, large_page_entry) | ept_pointer_bits);
    }
}

void write_guest() {
    constexpr std::uint32_t whole = 0xffff'ffff;
    for (std::uint64_t segment = 0; segment < es_to_gs; ++segment) {
        write(after(VmcsField::guest_es_limit, segment), whole);
        write(after(VmcsField::guest_es_access, segment), data_access);
    }
    write(VmcsField::guest_cs_selector, code_selector);
    write(VmcsField::guest_cs_access, code_access);
    write(VmcsField::guest_ldtr_access, unusable);
    write(VmcsField::guest_tr_access, busy_task_access);
    write(VmcsField::guest_tr_limit, task_limit);
    write(VmcsField::guest_gdtr_limit, sgdt().limit);
    write(VmcsField::guest_gdtr_base, sgdt().base);
    write(VmcsField::guest_idtr_limit, sidt().limit);
    write(VmcsField::guest_idtr_base, sidt().base);
    write(VmcsField::guest_cr0, kernel_cr0 | cr0_numeric_error);
    write(VmcsField::guest_cr3, kernel_root());
    write(VmcsField::guest_cr4, kernel_cr4 | cr4_vmx_enable);
    write(VmcsField::guest_dr7, 0x400);
    write(VmcsField::guest_rflags, flags_interrupts_on);
    write(VmcsField::guest_rsp, address_of(&hypervisor_memory.stack[sizeof(hypervisor_memory.stack)]));
    write(VmcsField::link_pointer, ~std::uint64_t{0});
}

void write_host() {
    write(VmcsField::host_cs_selector, code_selector);
    write(VmcsField::host_tr_selector, some_task_selector);
    write(VmcsField::host_cr0, kernel_cr0 | cr0_numeric_error);
    write(VmcsField::host_cr3, kernel_root());
    write(VmcsField::host_cr4, kernel_cr4 | cr4_vmx_enable);
    write(VmcsField::host_gdtr_base, sgdt().base);
    write(VmcsField::host_idtr_base, sidt().base);
    write(VmcsField::host_rip, reinterpret_cast<std::uint64_t>(vmx_host_entry));
}

}  // namespace

void prepare_operation() {
    kernel_cr0 = read_cr0();
    if (const auto control = rdmsr_or_fault(Msr::feature_control); (control & feature_lock) == 0)
        wrmsr_or_fault(Msr::feature_control, control | feature_lock | feature_vmx);
    write_cr0(kernel_cr0 | cr0_numeric_error);
    write_cr4(kernel_cr4 | cr4_vmx_enable);
    operation_region = make_region(&hypervisor_memory.host[0]);
}

void forget_operation() {
    write_cr4(kernel_cr4);
    write_cr0(kernel_cr0);
}

void enter_operation() {
    vmxon(operation_region);
}

void leave_operation() {
    vmxoff();
}

void load_empty_vmcs() {
    prepare_operation();
    enter_operation();
    vmcs_region = make_region(&hypervisor_memory.control[0]);
    spare = make_region(&hypervisor_memory.port_permissions[0]);
    reload_vmcs();
}

void reload_vmcs() {
    vmclear(vmcs_region);
    vmptrld(vmcs_region);
    is_launched = false;
}

std::uint64_t read(VmcsField field) {
    std::uint64_t value = 0;
    asm volatile(MAY_FAULT("vmread %[field], %[value]")
                 : [value] "+r"(value)
                 : [field] "r"(static_cast<std::uint64_t>(field))
                 : "cc", "memory");
    return value;
}

void write(VmcsField field, std::uint64_t value) {
    vmwrite(static_cast<std::uint64_t>(field), value);
}

std::uint64_t& spare_region() {
    return spare;
}

std::uint64_t& current_region() {
    return vmcs_region;
}

void launch_again() {
    vmlaunch();
}

std::string_view start(const NestedControls& controls) {
    load_empty_vmcs();
    write(VmcsField::guest_rsp, 1);
    if (read(VmcsField::guest_rsp) != 1)
        return "VMXON, VMPTRLD or VMWRITE failed";
    write_controls(controls);
    write_guest();
    write_host();
    return {};
}

void stop() {
    if ((read(VmcsField::exit_reason) & entry_failed) != 0)
        set_missed_event("a VM entry failed: the nested guest's state is not valid");
    leave_operation();
    forget_operation();
}

void set_entry(NestedProgram program) {
    write(VmcsField::guest_rip, reinterpret_cast<std::uint64_t>(program));
}

void skip_instruction() {
    static_cast<void>(read(VmcsField::exit_reason));
    const auto length = read(VmcsField::instruction_length);
    write(VmcsField::guest_rip, read(VmcsField::guest_rip) + length);
}

void enter(std::uint64_t argument) {
    if (vmx_enter(is_launched ? 1 : 0, argument) != 0)
        set_missed_event("VMLAUNCH or VMRESUME failed");
    is_launched = true;
}

void inject(std::uint8_t vector) {
    write(VmcsField::entry_interruption, interruption_valid | vector);
}

}  // namespace exitscope::arch::vmx
