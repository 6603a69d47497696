/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/* INIT and user space's reset leave the counters alone. */
#include <linux/kvm.h>
#include <sys/ioctl.h>

#include "../../../abi/exit_counters.h"
#include "../guest_code.h"
#include "groups.h"
#include "window.h"

/* Writing the local APIC's state back makes KVM find it as a destination. */
static void send_init(struct vcpu* vcpu) {
    struct kvm_msi init = {.address_lo = 0xfee00000, .data = 5 << 8};
    struct kvm_lapic_state apic;

    must(ioctl(vcpu->fd, KVM_GET_LAPIC, &apic), "KVM_GET_LAPIC");
    must(ioctl(vcpu->fd, KVM_SET_LAPIC, &apic), "KVM_SET_LAPIC");
    check("INIT was sent", 1, ioctl(vcpu->vm->fd, KVM_SIGNAL_MSI, &init));
}

static struct cpuid_result read_cpuid_exits(struct vcpu* vcpu, uint32_t scope) {
    return cpuid_once(vcpu, EXIT_COUNTERS_LEAF_REASON, scope | subject.cpuid);
}

/* INIT sends the vCPU to ffff:fff0, where there is no memory: an MMIO exit to user space or an error. */
void check_reset(void) {
    struct vm vm;
    struct vcpu* vcpu = &vm.vcpu[0];
    struct cpuid_result latched, live;
    struct kvm_sregs sregs;

    vm_create(&vm);
    emit_cpuid_loop(vcpu, 100);
    emit_open(vcpu);
    vcpu_run(vcpu);
    latched = read_cpuid_exits(vcpu, EXIT_COUNTERS_SCOPE_SLOT_0);
    live = read_cpuid_exits(vcpu, 0);
    check("before INIT", 103, exits_of(live));

    send_init(vcpu);
    vcpu_restart(vcpu);
    ioctl(vcpu->fd, KVM_RUN, 0);
    must(ioctl(vcpu->fd, KVM_GET_SREGS, &sregs), "KVM_GET_SREGS");
    check("INIT reached the vCPU", 0xf000, sregs.cs.selector);
    vcpu_set_cpl(vcpu, 0);
    check("the live counters survive INIT", exits_of(live) + 1, exits_of(read_cpuid_exits(vcpu, 0)));
    check_result("the latch survives INIT", latched, read_cpuid_exits(vcpu, EXIT_COUNTERS_SCOPE_SLOT_0));
    vm_destroy(&vm);
}
