/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * Exits that KVM handles in its fast path (handle_fastpath_set_msr_irqoff() of arch/x86/kvm/x86.c) count like
 * all others. WRMSR of x2APIC's ICR takes it on VMX and SVM. WRMSR of IA32_TSC_DEADLINE takes it on VMX with
 * the preemption timer, and then re-enters the guest without ever being in KVM's exit handlers.
 */
#include <linux/kvm.h>
#include <stdio.h>
#include <sys/ioctl.h>

#include "../guest_code.h"
#include "groups.h"
#include "window.h"

enum { msr_x2apic_icr = 0x830, msr_tsc_deadline = 0x6e0 };

static void enable_x2apic(struct vcpu* vcpu) {
    struct kvm_cpuid_entry2 entries[2] = {guest_cpuid_intel[0], guest_cpuid_intel[1]};
    struct kvm_sregs sregs;

    entries[1].ecx |= 1 << 21 | 1 << 24; /* x2APIC, TSC deadline */
    vcpu_set_cpuid(vcpu, entries, 2);
    must(ioctl(vcpu->fd, KVM_GET_SREGS, &sregs), "KVM_GET_SREGS");
    sregs.apic_base |= 1 << 10;
    must(ioctl(vcpu->fd, KVM_SET_SREGS, &sregs), "KVM_SET_SREGS");
}

static void print_preemption_timer(void) {
    FILE* file = fopen("/sys/module/kvm_intel/parameters/preemption_timer", "r");
    char value[8] = "";

    if (!file)
        return;
    if (fgets(value, sizeof(value), file))
        printf("# kvm_intel.preemption_timer=%s", value);
    fclose(file);
    check("the preemption timer is there, so that deadlines take the fast path", 'Y', value[0]);
}

void check_fast_path(void) {
    struct vm vm;
    struct vcpu* vcpu = &vm.vcpu[0];

    vm_create(&vm);
    enable_x2apic(vcpu);
    vcpu_touch_memory(vcpu);

    /* Fixed, physical, to APIC 5, which there is not. */
    emit_open(vcpu);
    emit_wrmsr_loop(vcpu, msr_x2apic_icr, 5ull << 32 | 0xfe, 100);
    emit_close(vcpu);
    vcpu_run(vcpu);
    CHECK_WINDOW("100 writes of ICR", vcpu, {subject.wrmsr, 100}, {subject.cpuid, 1});

    /* The timer is not in deadline mode, so that the write does nothing. */
    emit_open(vcpu);
    emit_wrmsr_loop(vcpu, msr_tsc_deadline, UINT64_MAX, 100);
    emit_close(vcpu);
    vcpu_run(vcpu);
    CHECK_WINDOW("100 writes of TSC_DEADLINE", vcpu, {subject.wrmsr, 100}, {subject.cpuid, 1});
    if (subject.is_vmx)
        print_preemption_timer();
    vm_destroy(&vm);
}
