/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/* The vCPUs of one VM: each has its own counts, and the VM's are their sum. */
#include <pthread.h>

#include "../../../abi/exit_counters.h"
#include "../guest_code.h"
#include "groups.h"
#include "window.h"

static void* run(void* vcpu) {
    vcpu_run(vcpu);
    return NULL;
}

static void emit_work(struct vcpu* vcpu, uint32_t exits) {
    emit_open(vcpu);
    emit_cpuid_loop(vcpu, exits);
    emit_close(vcpu);
}

static void check_two_at_once(struct vm* vm) {
    const uint32_t exits[2] = {subject.thorough ? 20000 : 2000, subject.thorough ? 30000 : 3000};
    pthread_t thread[2];

    for (int i = 0; i < 2; i++) {
        vcpu_touch_memory(&vm->vcpu[i]);
        emit_work(&vm->vcpu[i], exits[i]);
    }
    for (int i = 0; i < 2; i++)
        pthread_create(&thread[i], NULL, run, &vm->vcpu[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(thread[i], NULL);
    CHECK_WINDOW("two vCPUs at once: the first", &vm->vcpu[0], {subject.cpuid, exits[0] + 1});
    CHECK_WINDOW("two vCPUs at once: the second", &vm->vcpu[1], {subject.cpuid, exits[1] + 1});
}

/*
 * Two readings of a total, noise apart. The host may add noise between any two reads, so they are repeated
 * until it did not.
 */
static void read_totals(struct vcpu* vcpu, uint64_t* own, uint64_t* vm) {
    const uint32_t noise = EXIT_COUNTERS_LEAF_REASON, total = EXIT_COUNTERS_LEAF_TOTAL;
    const uint32_t vcpu_scope = EXIT_COUNTERS_SCOPE_VCPU;
    size_t first;

    do {
        first = emit_cpuid(vcpu, noise, vcpu_scope | subject.noise);
        emit_cpuid(vcpu, noise, subject.noise);
        emit_cpuid(vcpu, total, vcpu_scope);
        emit_cpuid(vcpu, total, 0);
        emit_cpuid(vcpu, noise, vcpu_scope | subject.noise);
        vcpu_run(vcpu);
    } while (exits_of(result_of(vcpu, first)) != exits_of(result_of(vcpu, first + 4)));
    *own = total_of(result_of(vcpu, first + 2)) - exits_of(result_of(vcpu, first));
    *vm = total_of(result_of(vcpu, first + 3)) - exits_of(result_of(vcpu, first + 1));
}

/* Each vCPU reads its own, then stands still; the first one reads the VM's, one CPUID after its own. */
static void check_sums(struct vm* vm, int vcpus) {
    struct vcpu* first = &vm->vcpu[0];
    uint64_t cpuid = 1, total = 1, own, all;
    size_t read;

    for (int i = 1; i < vcpus; i++) {
        read_totals(&vm->vcpu[i], &own, &all);
        total += own + 3; /* two more CPUID of that run and its OUT */
        cpuid += exits_of(
            cpuid_once(&vm->vcpu[i], EXIT_COUNTERS_LEAF_REASON, EXIT_COUNTERS_SCOPE_VCPU | subject.cpuid));
        total += 2; /* that CPUID and its OUT */
    }
    read_totals(first, &own, &all);
    check("the VM's total is the sum over its vCPUs", total + own, all);
    read = emit_cpuid(first, EXIT_COUNTERS_LEAF_REASON, EXIT_COUNTERS_SCOPE_VCPU | subject.cpuid);
    emit_cpuid(first, EXIT_COUNTERS_LEAF_REASON, subject.cpuid);
    vcpu_run(first);
    check("the VM's count of CPUID is the sum over its vCPUs", cpuid + exits_of(result_of(first, read)),
          exits_of(result_of(first, read + 1)));
}

void check_vcpus(void) {
    struct vm vm;
    size_t first;

    vm_create(&vm);
    vcpu_create(&vm, 1);
    check_two_at_once(&vm);
    check_sums(&vm, 2);

    vcpu_create(&vm, 2);
    check_sums(&vm, 2); /* one that has never run adds nothing */
    emit_cpuid_loop(&vm.vcpu[2], 500);
    first = emit_cpuid(&vm.vcpu[2], EXIT_COUNTERS_LEAF_REASON, EXIT_COUNTERS_SCOPE_VCPU | subject.cpuid);
    vcpu_run(&vm.vcpu[2]);
    check("a vCPU made later starts at 0", 501, exits_of(result_of(&vm.vcpu[2], first)));
    check_sums(&vm, 3);
    vm_destroy(&vm);
}
