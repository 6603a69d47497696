/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * An entry that hardware refuses: 64-bit mode with both CS.L and CS.D set, which KVM_SET_SREGS lets through.
 *
 * SVM: VMRUN ends with VMEXIT_INVALID (AMD APM vol. 2, "Canonicalization and Consistency Checks").
 * VMX: reason 33 with bit 31 set (Intel SDM vol. 3C, "Checks on the Guest Segment Registers"), with EPT or
 * without: code_segment_valid() of arch/x86/kvm/vmx/vmx.c does not look at these bits.
 *
 * Where KVM sees itself that VMX would refuse the state, it emulates and makes up a reason 33 for that
 * (vmx_emulation_required(), without unrestricted guest only): no exit of the hardware, so none may be
 * counted.
 */
#include <linux/kvm.h>
#include <sys/ioctl.h>

#include "../guest_code.h"
#include "groups.h"
#include "window.h"

static struct kvm_sregs sregs_of(struct vcpu* vcpu) {
    struct kvm_sregs sregs;

    must(ioctl(vcpu->fd, KVM_GET_SREGS, &sregs), "KVM_GET_SREGS");
    return sregs;
}

static void set_sregs(struct vcpu* vcpu, struct kvm_sregs sregs) {
    must(ioctl(vcpu->fd, KVM_SET_SREGS, &sregs), "KVM_SET_SREGS");
}

/* Maps the guest's 4 MiB where they are, by two large pages. */
static struct kvm_sregs long_mode(struct vcpu* vcpu, struct kvm_sregs sregs, int cs_d) {
    const uint64_t present_writable = 3, large = 0x80, root = guest_paging;
    uint64_t* table = (uint64_t*)(vcpu->vm->memory + root);

    table[0] = (root + 0x1000) | present_writable;
    table[512] = (root + 0x2000) | present_writable;
    table[1024] = present_writable | large;
    table[1025] = 0x200000 | present_writable | large;
    sregs.cr3 = root;
    sregs.cr4 = 0x20;      /* PAE */
    sregs.efer = 0x500;    /* LMA, LME */
    sregs.cr0 |= 1u << 31; /* PG */
    sregs.cs.l = 1;
    sregs.cs.db = cs_d;
    return sregs;
}

static int run_stop(struct vcpu* vcpu) {
    int reason;

    EMIT(vcpu, 0xe6, guest_stop_port);
    vcpu_restart(vcpu);
    reason = vcpu_run_once(vcpu);
    /* Let KVM finish an OUT it emulated before the registers are changed. */
    vcpu->run->immediate_exit = 1;
    vcpu_run_once(vcpu);
    vcpu->run->immediate_exit = 0;
    vcpu_forget(vcpu);
    return reason;
}

static void check_refused(struct vcpu* vcpu) {
    struct kvm_sregs protected_mode = sregs_of(vcpu);

    emit_open(vcpu);
    vcpu_run(vcpu);
    set_sregs(vcpu, long_mode(vcpu, protected_mode, 1));
    check("both CS.L and CS.D fail the entry", KVM_EXIT_FAIL_ENTRY, run_stop(vcpu));
    check("by the hardware's own reason", subject.is_vmx ? 0x80000021 : 0xffffffff,
          vcpu->run->fail_entry.hardware_entry_failure_reason & 0xffffffff);
    set_sregs(vcpu, protected_mode);
    emit_close(vcpu);
    vcpu_run(vcpu);
    CHECK_WINDOW("it counts once", vcpu, {subject.invalid, 1}, {subject.io, 1}, {subject.cpuid, 1},
                 {subject.page_fault, ANY_NUMBER});

    set_sregs(vcpu, long_mode(vcpu, protected_mode, 0));
    check("the vCPU runs again in 64-bit mode", KVM_EXIT_IO, run_stop(vcpu));
    set_sregs(vcpu, protected_mode);
}

/* SS.RPL is not CS.RPL. */
static void check_made_up(struct vcpu* vcpu) {
    struct kvm_sregs valid = sregs_of(vcpu), invalid = valid;

    emit_open(vcpu);
    vcpu_run(vcpu);
    invalid.ss.selector |= 3;
    set_sregs(vcpu, invalid);
    check("KVM emulates the guest's OUT", KVM_EXIT_IO, run_stop(vcpu));
    set_sregs(vcpu, valid);
    emit_close(vcpu);
    vcpu_run(vcpu);
    CHECK_WINDOW("which is no exit of the hardware", vcpu, {subject.io, 1}, {subject.cpuid, 1});
}

void check_failed_entry(void) {
    const struct kvm_cpuid_entry2 entries[] = {
        guest_cpuid_intel[0],
        guest_cpuid_intel[1],
        {.function = 0x80000000, .eax = 0x80000001},
        {.function = 0x80000001, .edx = 1 << 29}, /* 64-bit mode */
    };
    struct vm vm;

    vm_create(&vm);
    vcpu_set_cpuid(&vm.vcpu[0], entries, sizeof(entries) / sizeof(*entries));
    vcpu_touch_memory(&vm.vcpu[0]);
    check_refused(&vm.vcpu[0]);
    if (subject.is_vmx && subject.paging == 1)
        check_made_up(&vm.vcpu[0]);
    vm_destroy(&vm);
}
