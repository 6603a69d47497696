/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * The same as check_nested_svm.c on VMX: each VMRESUME is one exit of the outer guest, which KVM emulates
 * (nested_vmx_run() of arch/x86/kvm/vmx/nested.c), each CPUID one exit of the nested guest, which KVM
 * reflects by software (nested_vmx_vmexit()). The first entry costs the same page faults more.
 *
 * The nested guest stands at its CPUID for ever, so that the outer one needs no VMWRITE between its
 * VMRESUMEs.
 */
#include <linux/kvm.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>

#include "../guest_code.h"
#include "groups.h"
#include "window.h"

enum {
    vmxon_region = guest_free + 0xa0000,
    vmcs = vmxon_region + 0x1000,
    nested_code = vmxon_region + 0x2000,
    pointers = vmxon_region + 0x3000, /* to the two regions, and then what VMREAD says */
    outer_code = vmxon_region + 0x4000,
    outer_stack = vmxon_region + 0x5000,
};

enum { msr_feature_control = 0x3a, msr_vmx_basic = 0x480, field_exit_reason = 0x4402 };

static uint64_t msr(struct vcpu* vcpu, uint32_t index) {
    struct {
        struct kvm_msrs head;
        struct kvm_msr_entry entry;
    } msrs = {.head.nmsrs = 1, .entry = {.index = index}};

    must(ioctl(vcpu->fd, KVM_GET_MSRS, &msrs) == 1 ? 0 : -1, "KVM_GET_MSRS");
    return msrs.entry.data;
}

static void enable_vmx(struct vcpu* vcpu) {
    struct kvm_cpuid_entry2 entries[2] = {guest_cpuid_intel[0], guest_cpuid_intel[1]};
    struct {
        struct kvm_msrs head;
        struct kvm_msr_entry entry;
    } msrs = {.head.nmsrs = 1, .entry = {.index = msr_feature_control, .data = 5}};
    struct kvm_sregs sregs;

    entries[1].ecx = 1 << 5;          /* VMX */
    entries[1].edx = 1 << 9 | 1 << 3; /* APIC, PSE */
    vcpu_set_cpuid(vcpu, entries, 2);
    must(ioctl(vcpu->fd, KVM_SET_MSRS, &msrs) == 1 ? 0 : -1, "IA32_FEATURE_CONTROL");
    vcpu_enable_paging(vcpu); /* VMX wants it */
    must(ioctl(vcpu->fd, KVM_GET_SREGS, &sregs), "KVM_GET_SREGS");
    sregs.cr4 |= 1 << 13; /* VMXE */
    must(ioctl(vcpu->fd, KVM_SET_SREGS, &sregs), "KVM_SET_SREGS");
}

static void put(struct vcpu* vcpu, uint32_t address, uint64_t value, size_t bytes) {
    memcpy(vcpu->vm->memory + address, &value, bytes);
}

/* vmlaunch or vmresume, HLT where it fails; then, entered at each exit: dec esi; jne back; ret. */
static const uint8_t launch[] = {0x0f, 0x01, 0xc2, 0xf4};
static const uint8_t resume[] = {0x0f, 0x01, 0xc3, 0xf4, 0x4e, 0x75, 0xf9, 0xc3};

enum { launch_entry = outer_code, resume_entry = outer_code + 16, exit_entry = resume_entry + 4 };

static void emit_vmwrite(struct vcpu* vcpu, uint32_t field, uint32_t value) {
    EMIT(vcpu, 0xb8), emit_u32(vcpu, value); /* mov eax, value */
    EMIT(vcpu, 0xba), emit_u32(vcpu, field); /* mov edx, field */
    EMIT(vcpu, 0x0f, 0x79, 0xd0);            /* vmwrite edx, eax */
}

/* Intel SDM vol. 3D, appendix "Field Encoding in VMCS". What is not written is 0. */
static void emit_vmcs(struct vcpu* vcpu) {
    const uint32_t cr0 = 0x80000031, cr4 = 1 << 13 | 1 << 4;

    for (uint32_t i = 0; i < 4; i++) /* controls: the bits that must be 1 */
        emit_vmwrite(vcpu, (const uint32_t[]){0x4000, 0x4002, 0x400c, 0x4012}[i],
                     msr(vcpu, msr_vmx_basic + 1 + i));
    for (uint32_t i = 0; i < 6; i++) { /* guest's ES, CS, SS, DS, FS, GS */
        emit_vmwrite(vcpu, 0x800 + 2 * i, i == 1 ? 8 : 0x10);
        emit_vmwrite(vcpu, 0x4800 + 2 * i, 0xffffffff);
        emit_vmwrite(vcpu, 0x4814 + 2 * i, i == 1 ? 0xc09b : 0xc093);
        emit_vmwrite(vcpu, 0xc00 + 2 * i, i == 1 ? 8 : 0x10); /* the host's */
    }
    emit_vmwrite(vcpu, 0x4820, 0x10000); /* no LDTR */
    emit_vmwrite(vcpu, 0x80e, 0x18);     /* TR */
    emit_vmwrite(vcpu, 0x480e, 0x67);
    emit_vmwrite(vcpu, 0x4822, 0x8b);
    emit_vmwrite(vcpu, 0x2800, 0xffffffff); /* no VMCS link */
    emit_vmwrite(vcpu, 0x2801, 0xffffffff);
    emit_vmwrite(vcpu, 0x6800, cr0);
    emit_vmwrite(vcpu, 0x6802, guest_paging);
    emit_vmwrite(vcpu, 0x6804, cr4);
    emit_vmwrite(vcpu, 0x681a, 0x400); /* DR7 */
    emit_vmwrite(vcpu, 0x681e, nested_code);
    emit_vmwrite(vcpu, 0x6820, 2);
    emit_vmwrite(vcpu, 0x6c00, cr0);
    emit_vmwrite(vcpu, 0x6c02, guest_paging);
    emit_vmwrite(vcpu, 0x6c04, cr4);
    emit_vmwrite(vcpu, 0xc0c, 0x18);
    emit_vmwrite(vcpu, 0x6c14, outer_stack - 4); /* where CALL left its return address */
    emit_vmwrite(vcpu, 0x6c16, exit_entry);
}

static void make_nested_guest(struct vcpu* vcpu) {
    memcpy(vcpu->vm->memory + nested_code, "\x0f\xa2", 2); /* cpuid */
    memcpy(vcpu->vm->memory + launch_entry, launch, sizeof(launch));
    memcpy(vcpu->vm->memory + resume_entry, resume, sizeof(resume));
    put(vcpu, vmxon_region, msr(vcpu, msr_vmx_basic), 4);
    put(vcpu, vmcs, msr(vcpu, msr_vmx_basic), 4);
    put(vcpu, pointers, vmxon_region, 8);
    put(vcpu, pointers + 8, vmcs, 8);
    EMIT(vcpu, 0xf3, 0x0f, 0xc7, 0x35), emit_u32(vcpu, pointers);     /* vmxon */
    EMIT(vcpu, 0x66, 0x0f, 0xc7, 0x35), emit_u32(vcpu, pointers + 8); /* vmclear */
    EMIT(vcpu, 0x0f, 0xc7, 0x35), emit_u32(vcpu, pointers + 8);       /* vmptrld */
    emit_vmcs(vcpu);
    vcpu_run(vcpu);
}

static void run_window(struct vcpu* vcpu, uint32_t entry, uint32_t entries) {
    emit_open(vcpu);
    EMIT(vcpu, 0xbc), emit_u32(vcpu, outer_stack); /* mov esp, outer_stack */
    EMIT(vcpu, 0xbe), emit_u32(vcpu, entries);     /* mov esi, entries */
    EMIT(vcpu, 0xb8), emit_u32(vcpu, entry);       /* mov eax, entry */
    EMIT(vcpu, 0xff, 0xd0);                        /* call eax */
    emit_close(vcpu);
    EMIT(vcpu, 0xba), emit_u32(vcpu, field_exit_reason);
    EMIT(vcpu, 0x0f, 0x78, 0x15), emit_u32(vcpu, pointers + 16); /* vmread [pointers + 16], edx */
    vcpu_run(vcpu);
}

static uint32_t exit_reason(struct vcpu* vcpu) {
    uint32_t reason;

    memcpy(&reason, vcpu->vm->memory + pointers + 16, sizeof(reason));
    return reason;
}

/*
 * With kvm_intel.nested_early_check, which newer kernels have no more, KVM first lets hardware refuse an
 * entry with invalid state, to see whether it finds the controls good (nested_vmx_check_vmentry_hw()): an
 * exit more.
 */
static uint64_t early_check(void) {
    FILE* file = fopen("/sys/module/kvm_intel/parameters/nested_early_check", "r");
    int value = file ? fgetc(file) : 'N';

    if (file)
        fclose(file);
    return value == 'Y';
}

void check_nested_vmx(void) {
    struct vm vm;
    struct vcpu* vcpu = &vm.vcpu[0];
    uint64_t early;

    vm_create(&vm);
    enable_vmx(vcpu);
    vcpu_touch_memory(vcpu);
    make_nested_guest(vcpu);
    early = early_check();

    run_window(vcpu, launch_entry, 1);
    check("the nested guest ran to its CPUID", vmx_cpuid, exit_reason(vcpu));
    CHECK_WINDOW("the VMLAUNCH", vcpu, {vmx_vmlaunch, 1}, {vmx_cpuid, 1 + 1}, {vmx_invalid_state, early},
                 {subject.page_fault, subject.paging == 2 ? 2 : 1});

    run_window(vcpu, resume_entry, 100);
    check("the nested guest ran to its CPUID again", vmx_cpuid, exit_reason(vcpu));
    CHECK_WINDOW("100 VMRESUME to a CPUID each", vcpu, {vmx_vmresume, 100}, {vmx_cpuid, 100 + 1},
                 {vmx_invalid_state, 100 * early});
    vm_destroy(&vm);
}
