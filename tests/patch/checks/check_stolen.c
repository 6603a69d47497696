/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * Stolen time: two vCPUs that never stop share L1's only CPU. A host interrupt ends the turn of the one that
 * runs; what passes until its next turn is in the cycles of that exit, but not in their in-kernel part.
 */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>
#include <x86intrin.h>

#include "../../../abi/exit_counters.h"
#include "../guest_code.h"
#include "groups.h"
#include "window.h"

enum { stop_flag = guest_free + 0x1000, milliseconds = 400 };

/*
 * Until somebody sets the VM's flag. With interrupts on: Bochs (2.7) keeps a pending interrupt from ending
 * the turn of a guest that has them off and makes no exit.
 */
static void emit_spin(struct vcpu* vcpu) {
    EMIT(vcpu, 0xfb);                                                 /* sti */
    EMIT(vcpu, 0x80, 0x3d), emit_u32(vcpu, stop_flag), EMIT(vcpu, 0); /* 1: cmp byte [stop_flag], 0 */
    EMIT(vcpu, 0x74, 0xf7);                                           /* je 1b */
    EMIT(vcpu, 0xfa);                                                 /* cli */
}

static void* run(void* vcpu) {
    vcpu_run(vcpu);
    return NULL;
}

static uint64_t of_noise(const uint64_t* counts) {
    for (size_t i = 0; i < subject.reason_count; i++) {
        if (subject.reasons[i] == subject.noise)
            return counts[i];
    }
    return 0;
}

static void check_window_of_noise(struct vcpu* vcpu, uint64_t elapsed) {
    static struct counts before, after;
    uint64_t exits, all, kernel;

    read_counts(vcpu, EXIT_COUNTERS_SCOPE_SLOT_0, &before);
    read_counts(vcpu, EXIT_COUNTERS_SCOPE_SLOT_1, &after);
    exits = of_noise(after.exits) - of_noise(before.exits);
    all = of_noise(after.cycles) - of_noise(before.cycles);
    kernel = of_noise(after.kernel_cycles) - of_noise(before.kernel_cycles);
    printf("# of %llu ticks %llu in %llu interrupts, %llu of them in the kernel: %llu microseconds each\n",
           (unsigned long long)elapsed, (unsigned long long)all, (unsigned long long)exits,
           (unsigned long long)kernel,
           (unsigned long long)(exits ? kernel * 1000 / subject.tsc_khz / exits : 0));
    check("interrupts ended its turns", 1, exits > 4);
    check("the turns of the other are in their cycles", 1, all > elapsed / 4 && all < elapsed);
    check("but not in the in-kernel part", 1, kernel > 0 && kernel < all / 4);
}

void check_stolen(void) {
    struct vm vm[2];
    pthread_t thread[2];
    uint64_t begin;

    if (!subject.cycles)
        return;
    for (int i = 0; i < 2; i++) {
        vm_create(&vm[i]);
        vcpu_touch_memory(&vm[i].vcpu[0]);
        emit_open(&vm[i].vcpu[0]);
        emit_spin(&vm[i].vcpu[0]);
        emit_close(&vm[i].vcpu[0]);
    }
    begin = __rdtsc();
    for (int i = 0; i < 2; i++)
        pthread_create(&thread[i], NULL, run, &vm[i].vcpu[0]);
    usleep(milliseconds * 1000);
    for (int i = 0; i < 2; i++)
        vm[i].memory[stop_flag] = 1;
    for (int i = 0; i < 2; i++)
        pthread_join(thread[i], NULL);
    begin = __rdtsc() - begin;
    for (int i = 0; i < 2; i++) {
        check_window_of_noise(&vm[i].vcpu[0], begin);
        vm_destroy(&vm[i]);
    }
}
