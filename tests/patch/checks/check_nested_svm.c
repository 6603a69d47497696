/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * A guest that runs a guest. What the hardware reports is one VMRUN exit for each VMRUN, which KVM emulates
 * (nested_svm_vmrun() of arch/x86/kvm/svm/nested.c), and one CPUID exit of the nested guest for each CPUID,
 * which KVM reflects to the outer guest by software (nested_svm_vmexit()). KVM then runs whichever of the two
 * with its own VMCB; neither the reflection nor the outer guest's access to its VMCB in memory is an exit.
 *
 * The first VMRUN costs page faults more, as KVM keeps page tables of their own for nested guests (guest_mode
 * in kvm_mmu_page_role): one for the nested guest's code and, with nested paging, where the processor walks
 * the guest's page tables through KVM's, one for the nested guest's page table.
 */
#include <linux/kvm.h>
#include <string.h>
#include <sys/ioctl.h>

#include "../guest_code.h"
#include "groups.h"
#include "window.h"

enum {
    vmcb = guest_free + 0xa0000,
    host_save = vmcb + 0x1000,
    nested_code = vmcb + 0x2000,
    nested_answers = vmcb + 0x2800,
};

/* AMD APM vol. 2, appendix "Layout of VMCB". */
enum {
    vmcb_intercepts = 0xc,
    vmcb_intercepts_2 = 0x10,
    vmcb_asid = 0x58,
    vmcb_exit_code = 0x70,
    vmcb_segments = 0x400, /* ES, CS, SS, DS, FS, GS */
    vmcb_efer = 0x4d0,
    vmcb_cr4 = 0x548,
    vmcb_cr3 = 0x550,
    vmcb_cr0 = 0x558,
    vmcb_dr7 = 0x560,
    vmcb_dr6 = 0x568,
    vmcb_rflags = 0x570,
    vmcb_rip = 0x578,
};

enum { intercept_hlt = 1 << 24, intercept_cpuid = 1 << 18, intercept_shutdown = 1u << 31 };

enum { efer_svme = 1 << 12, msr_vm_hsave_pa = 0xc0010117 };

static void enable_svm(struct vcpu* vcpu) {
    struct kvm_cpuid_entry2 entries[] = {
        {.function = 0, .eax = 1, .ebx = 0x68747541, .ecx = 0x444d4163, .edx = 0x69746e65},
        {.function = 1, .eax = 0x00800f12, .edx = 1 << 9 | 1 << 3}, /* APIC, PSE */
        {.function = 0x80000000, .eax = 0x8000000a},
        {.function = 0x80000001, .ecx = 1 << 2}, /* SVM */
        {.function = 0x8000000a, .eax = 1, .ebx = 8},
    };
    struct {
        struct kvm_msrs head;
        struct kvm_msr_entry entry;
    } msrs = {.head.nmsrs = 1, .entry = {.index = msr_vm_hsave_pa, .data = host_save}};
    struct kvm_sregs sregs;

    vcpu_set_cpuid(vcpu, entries, sizeof(entries) / sizeof(*entries));
    vcpu_enable_paging(vcpu); /* KVM wants it for VMRUN */
    must(ioctl(vcpu->fd, KVM_GET_SREGS, &sregs), "KVM_GET_SREGS");
    sregs.efer |= efer_svme;
    must(ioctl(vcpu->fd, KVM_SET_SREGS, &sregs), "KVM_SET_SREGS");
    must(ioctl(vcpu->fd, KVM_SET_MSRS, &msrs) == 1 ? 0 : -1, "VM_HSAVE_PA");
}

static void put(struct vcpu* vcpu, uint32_t address, uint64_t value, size_t bytes) {
    memcpy(vcpu->vm->memory + address, &value, bytes);
}

/* A nested guest in the outer one's mode, with its page tables: 1: cpuid; jmp 1b. */
static void make_nested_guest(struct vcpu* vcpu) {
    const uint8_t code[] = {0x0f, 0xa2, 0xeb, 0xfc};

    memcpy(vcpu->vm->memory + nested_code, code, sizeof(code));
    memset(vcpu->vm->memory + vmcb, 0, 0x1000);
    put(vcpu, vmcb + vmcb_intercepts, intercept_cpuid | intercept_shutdown, 4);
    put(vcpu, vmcb + vmcb_intercepts_2, 1, 4); /* VMRUN, which must be */
    put(vcpu, vmcb + vmcb_asid, 1, 4);
    for (int i = 0; i < 6; i++) {
        put(vcpu, vmcb + vmcb_segments + i * 16, i == 1 ? 0x0c9b0008 : 0x0c930010, 4);
        put(vcpu, vmcb + vmcb_segments + i * 16 + 4, 0xffffffff, 4);
    }
    put(vcpu, vmcb + vmcb_efer, efer_svme, 8);
    put(vcpu, vmcb + vmcb_cr0, 0x80000031, 8);
    put(vcpu, vmcb + vmcb_cr3, guest_paging, 8);
    put(vcpu, vmcb + vmcb_cr4, 1 << 4, 8);
    put(vcpu, vmcb + vmcb_dr7, 0x400, 8);
    put(vcpu, vmcb + vmcb_dr6, 0xffff0ff0, 8);
    put(vcpu, vmcb + vmcb_rflags, 2, 8);
    put(vcpu, vmcb + vmcb_rip, nested_code, 8);
}

/* The nested guest starts after its CPUID again; of its registers only those that CPUID writes are lost. */
static void emit_vmruns(struct vcpu* vcpu, uint32_t count) {
    EMIT(vcpu, 0xbe), emit_u32(vcpu, count); /* mov esi, count */
    EMIT(vcpu, 0xb8), emit_u32(vcpu, vmcb);  /* mov eax, vmcb */
    EMIT(vcpu, 0x0f, 0x01, 0xd8);            /* 1: vmrun */
    EMIT(vcpu, 0x83, 0x05), emit_u32(vcpu, vmcb + vmcb_rip), EMIT(vcpu, 2);
    EMIT(vcpu, 0x4e);       /* dec esi */
    EMIT(vcpu, 0x75, 0xf3); /* jne 1b */
}

static uint64_t exit_code(struct vcpu* vcpu) {
    uint64_t code;

    memcpy(&code, vcpu->vm->memory + vmcb + vmcb_exit_code, sizeof(code));
    return code;
}

static void run_window(struct vcpu* vcpu, uint32_t vmruns) {
    emit_open(vcpu);
    emit_vmruns(vcpu, vmruns);
    emit_close(vcpu);
    vcpu_run(vcpu);
}

/*
 * A nested guest whose hypervisor lets CPUID through: KVM answers it, but not with the hypervisor's counters,
 * and its latch stays as it is. mov eax, leaf; xor ecx, ecx; cpuid; mov [answer], ebx; mov eax, latch; xor
 * ecx, ecx; cpuid; mov [answer + 4], eax; hlt
 */
static void check_let_through(struct vcpu* vcpu) {
    const uint8_t code[] = {
        0xb8, 0x00, 0xff, 0xff, 0x4f, 0x31, 0xc9, 0x0f, 0xa2, 0x89, 0x1d, 0, 0, 0, 0, /* the signature */
        0xb8, 0x02, 0xff, 0xff, 0x4f, 0x31, 0xc9, 0x0f, 0xa2, 0xa3, 0,    0, 0, 0,    /* the latch */
        0xf4,
    };
    uint32_t answers[2];

    memcpy(vcpu->vm->memory + nested_code, code, sizeof(code));
    put(vcpu, nested_code + 11, nested_answers, 4);
    put(vcpu, nested_code + 25, nested_answers + 4, 4);
    put(vcpu, nested_answers, UINT64_MAX, 8);
    put(vcpu, vmcb + vmcb_intercepts, intercept_hlt | intercept_shutdown, 4);
    put(vcpu, vmcb + vmcb_asid, 1, 4);
    put(vcpu, vmcb + vmcb_rip, nested_code, 8);
    run_window(vcpu, 1);
    check("the nested guest ran to its HLT", svm_hlt, exit_code(vcpu));
    CHECK_WINDOW("two CPUIDs of the nested guest, and its HLT", vcpu, {svm_vmrun, 1}, {svm_cpuid, 2 + 1},
                 {svm_hlt, 1});
    memcpy(answers, vcpu->vm->memory + nested_answers, sizeof(answers));
    check("the nested guest reads no signature", 0, answers[0]);
    check("the nested guest latches nothing", 0, answers[1]);
}

void check_nested_svm(void) {
    struct vm vm;
    struct vcpu* vcpu = &vm.vcpu[0];

    vm_create(&vm);
    enable_svm(vcpu);
    make_nested_guest(vcpu);
    vcpu_touch_memory(vcpu);

    run_window(vcpu, 1);
    check("the nested guest ran to its CPUID", svm_cpuid, exit_code(vcpu));
    CHECK_WINDOW("the first VMRUN", vcpu, {svm_vmrun, 1}, {svm_cpuid, 1 + 1},
                 {subject.page_fault, subject.paging == 2 ? 2 : 1});

    run_window(vcpu, 100);
    check("the nested guest ran to its CPUID again", svm_cpuid, exit_code(vcpu));
    CHECK_WINDOW("100 VMRUN to a CPUID each", vcpu, {svm_vmrun, 100}, {svm_cpuid, 100 + 1});

    put(vcpu, vmcb + vmcb_asid, 0, 4);
    run_window(vcpu, 1);
    check("KVM refuses ASID 0", UINT64_MAX, exit_code(vcpu));
    CHECK_WINDOW("which is no exit of the hardware", vcpu, {svm_vmrun, 1}, {svm_cpuid, 1});

    check_let_through(vcpu);
    vm_destroy(&vm);
}
