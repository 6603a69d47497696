/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/* Whose cycles are counted where. Times are bounded by what user space measured around them. */
#include <linux/kvm.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/time.h>
#include <unistd.h>
#include <x86intrin.h>

#include "../../../abi/exit_counters.h"
#include "../guest_code.h"
#include "groups.h"
#include "window.h"

static void ignore(int signal) {
    (void)signal;
}

/* The time that a window took, of which the vCPU slept some. */
struct span {
    uint64_t slept, all;
};

/* Cycles of a reason between the two latches. */
static void check_span(const char* name, const struct counts* before, const struct counts* after,
                       uint32_t reason, struct span span) {
    uint64_t all = 0, kernel = 0, others = 0;
    char fact[128];

    for (size_t i = 0; i < subject.reason_count; i++) {
        uint64_t cycles = after->cycles[i] - before->cycles[i];

        if (subject.reasons[i] == reason) {
            all = cycles;
            kernel = after->kernel_cycles[i] - before->kernel_cycles[i];
        } else {
            others += cycles;
        }
    }
    printf("# %s: slept %llu of %llu ticks: %llu in all, %llu in the kernel; other reasons %llu\n", name,
           (unsigned long long)span.slept, (unsigned long long)span.all, (unsigned long long)all,
           (unsigned long long)kernel, (unsigned long long)others);
    snprintf(fact, sizeof(fact), "%s: the reason's cycles hold the sleep", name);
    check(fact, 1, all >= span.slept && all <= span.all);
    snprintf(fact, sizeof(fact), "%s: their in-kernel part does not", name);
    check(fact, 1, kernel > 0 && kernel <= all - span.slept + span.slept / 4);
    snprintf(fact, sizeof(fact), "%s: no other reason's cycles do", name);
    check(fact, 1, others <= span.all - span.slept);
}

static void check_between_latches(const char* name, struct vcpu* vcpu, uint32_t reason, struct span span) {
    static struct counts before, after;

    read_counts(vcpu, EXIT_COUNTERS_SCOPE_SLOT_0, &before);
    read_counts(vcpu, EXIT_COUNTERS_SCOPE_SLOT_1, &after);
    check_span(name, &before, &after, reason, span);
}

/* 100 ms in user space, which are counted for the OUT that went there. */
static void check_user_space(struct vcpu* vcpu) {
    struct span span;
    uint64_t start, begin = __rdtsc();

    emit_open(vcpu);
    EMIT(vcpu, 0xe6, 0x80); /* out 0x80, al */
    emit_close(vcpu);
    EMIT(vcpu, 0xe6, guest_stop_port);
    vcpu_restart(vcpu);
    vcpu_run_once(vcpu);
    start = __rdtsc();
    usleep(100000);
    span.slept = __rdtsc() - start;
    vcpu_run_once(vcpu);
    span.all = __rdtsc() - begin;
    vcpu_forget(vcpu);
    check_between_latches("user space", vcpu, subject.io, span);
}

/*
 * A HLT that nothing ends but a signal to the thread, 100 ms later. Should the signal come before the HLT, on
 * a machine that had other things to do, the next one ends it.
 */
static void check_halt(struct vcpu* vcpu) {
    const struct timeval interval = {.tv_usec = 100000};
    struct itimerval alarms = {.it_interval = interval, .it_value = interval}, none = {};
    struct kvm_mp_state runnable = {.mp_state = KVM_MP_STATE_RUNNABLE};
    struct span span;
    uint64_t begin;

    sigaction(SIGALRM, &(struct sigaction){.sa_handler = ignore}, NULL);
    emit_open(vcpu);
    EMIT(vcpu, 0xf4); /* hlt */
    emit_close(vcpu);
    EMIT(vcpu, 0xe6, guest_stop_port);
    vcpu_restart(vcpu);
    begin = __rdtsc();
    setitimer(ITIMER_REAL, &alarms, NULL);
    check("the signal ends the halt", (uint64_t)-1, vcpu_run_once(vcpu));
    span.slept = (__rdtsc() - begin) / 2; /* the alarm was set before the halt */
    do {
        must(ioctl(vcpu->fd, KVM_SET_MP_STATE, &runnable), "KVM_SET_MP_STATE");
    } while (vcpu_run_once(vcpu) == -1);
    span.all = __rdtsc() - begin;
    setitimer(ITIMER_REAL, &none, NULL);
    vcpu_forget(vcpu);
    check_between_latches("halt", vcpu, subject.hlt, span);
}

static void check_sum(struct vcpu* vcpu) {
    static struct counts counts;
    uint64_t cycles = 0, more_kernel = 0;

    emit_open(vcpu);
    vcpu_run(vcpu);
    read_counts(vcpu, EXIT_COUNTERS_SCOPE_SLOT_0, &counts);
    for (size_t i = 0; i < subject.reason_count; i++) {
        cycles += counts.cycles[i];
        more_kernel += counts.kernel_cycles[i] > counts.cycles[i];
    }
    check("the reasons' cycles sum to the total's", cycles, counts.total_cycles);
    check("there are some just if cycles are counted", subject.cycles, counts.total_cycles != 0);
    check("no in-kernel part is more than the whole", 0, more_kernel);
}

void check_cycles(void) {
    struct vm vm;

    vm_create(&vm);
    vcpu_touch_memory(&vm.vcpu[0]);
    if (subject.cycles) {
        check_user_space(&vm.vcpu[0]);
        check_halt(&vm.vcpu[0]);
    }
    check_sum(&vm.vcpu[0]);
    vm_destroy(&vm);
}
