/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
#include <linux/kvm.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/time.h>
#include <unistd.h>
#include <x86intrin.h>

#include "../../abi/exit_counters.h"
#include "checks.h"

/* Writing the local APIC's state back makes KVM find it as a destination. */
static void send_init(struct vcpu* vcpu) {
    struct kvm_msi init = {.address_lo = 0xfee00000, .data = 5 << 8};
    struct kvm_lapic_state apic;

    ioctl(vcpu->fd, KVM_GET_LAPIC, &apic);
    ioctl(vcpu->fd, KVM_SET_LAPIC, &apic);
    check("INIT was sent", 1, ioctl(vcpu->vm->fd, KVM_SIGNAL_MSI, &init));
}

/* INIT sends the vCPU to ffff:fff0, where there is no memory: an MMIO exit to user space or an error. */
void check_init(struct vcpu* vcpu) {
    uint64_t before = total_of(cpuid_once(vcpu, EXIT_COUNTERS_LEAF_TOTAL, 0)), after;
    struct kvm_sregs sregs;

    send_init(vcpu);
    vcpu_restart(vcpu);
    ioctl(vcpu->fd, KVM_RUN, 0);
    ioctl(vcpu->fd, KVM_GET_SREGS, &sregs);
    check("INIT reached the vCPU", 0xf000, sregs.cs.selector);
    vcpu_set_cpl(vcpu, 0);
    after = total_of(cpuid_once(vcpu, EXIT_COUNTERS_LEAF_TOTAL, 0));
    check("the counters survive INIT", 1, after > before && after < before + 20);
}

static void ignore(int signal) {
    (void)signal;
}

static struct answer cycles_of(struct vcpu* vcpu, uint32_t reason) {
    return cpuid_once(vcpu, EXIT_COUNTERS_LEAF_REASON_CYCLES, reason);
}

static void check_parts(const char* name, struct answer before, struct answer after, uint64_t most,
                        uint64_t slept) {
    uint64_t all = join(after.ebx, after.eax) - join(before.ebx, before.eax);
    uint64_t kernel = join(after.edx, after.ecx) - join(before.edx, before.ecx);

    printf("# %s: slept %llu of %llu ticks: %llu in all, %llu in the kernel\n", name,
           (unsigned long long)slept, (unsigned long long)most, (unsigned long long)all,
           (unsigned long long)kernel);
    check("the cycles hold the sleep", 1, all >= slept && all <= most);
    check("the in-kernel part does not", 1, kernel > 0 && kernel < all - slept + slept / 4);
}

void check_cycles(struct vcpu* vcpu) {
    struct itimerval alarm_in_100_ms = {.it_value.tv_usec = 100000};
    struct kvm_mp_state runnable = {.mp_state = KVM_MP_STATE_RUNNABLE};
    struct answer before, after;
    uint64_t start, slept, begin;

    sigaction(SIGALRM, &(struct sigaction){.sa_handler = ignore}, NULL);

    begin = __rdtsc();
    before = cycles_of(vcpu, subject.io);
    emit(vcpu, "\xe6\x80", 2); /* out 0x80, al */
    emit(vcpu, "\xe6\xf0", 2);
    vcpu_restart(vcpu);
    vcpu_run_once(vcpu);
    start = __rdtsc();
    usleep(100000);
    slept = __rdtsc() - start;
    vcpu_run_once(vcpu);
    vcpu->code_bytes = 0;
    after = cycles_of(vcpu, subject.io);
    check_parts("user space", before, after, __rdtsc() - begin, slept);

    before = cycles_of(vcpu, subject.hlt);
    emit(vcpu, "\xf4", 1); /* hlt */
    emit(vcpu, "\xe6\xf0", 2);
    vcpu_restart(vcpu);
    begin = __rdtsc();
    setitimer(ITIMER_REAL, &alarm_in_100_ms, NULL);
    check("the signal ends the halt", (uint64_t)-1, vcpu_run_once(vcpu));
    slept = (__rdtsc() - begin) / 2;
    ioctl(vcpu->fd, KVM_SET_MP_STATE, &runnable);
    vcpu_run_once(vcpu);
    vcpu->code_bytes = 0;
    after = cycles_of(vcpu, subject.hlt);
    check_parts("halt", before, after, __rdtsc() - begin, slept);
}
