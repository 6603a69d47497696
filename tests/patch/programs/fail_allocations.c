/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * Lets allocations fail, in TAP. Wants a kernel with FAULT_INJECTION.
 *
 * Usage: fail_allocations create: KVM_CREATE_VCPU with one allocation that fails, the first, the second ...
 * until none is left to fail; what was allocated is freed. fail_allocations latch: a latch whose memory is
 * not there says so, and the next one is made. Exit codes: 0 all ok, 1 not all, 2 no KVM or no fault
 * injection.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "../../../abi/exit_counters.h"
#include "../checks/checks.h"
#include "../checks/kmalloc_trace.h"
#include "../guest_code.h"

enum { most_allocations = 1000 };

static int open_or_end(const char* path, int flags) {
    return must(open(path, flags | O_CLOEXEC), path);
}

static void write_file(const char* path, const char* text) {
    int file = open_or_end(path, O_WRONLY);

    must(write(file, text, strlen(text)), path);
    close(file);
}

static void set_fault(int fail_nth, unsigned int nth) {
    char text[16] = "";

    snprintf(text, sizeof(text), "%u", nth);
    must(pwrite(fail_nth, text, strlen(text), 0), "fail-nth");
}

static int fault_is_left(int fail_nth) {
    char text[16] = "";

    must(pread(fail_nth, text, sizeof(text) - 1, 0), "fail-nth");
    return atoi(text) != 0;
}

struct outcome {
    int failed_with; /* errno, or 0 */
    int injected;
    struct kmalloc_balance memory;
};

/* KVM_CREATE_VCPU on a VM of its own, whose nth allocation fails. */
static struct outcome create(int kvm, int fail_nth, unsigned int nth) {
    struct outcome outcome = {};
    int vm, vcpu;

    kmalloc_trace_begin();
    vm = must(ioctl(kvm, KVM_CREATE_VM, 0), "KVM_CREATE_VM");
    must(ioctl(vm, KVM_CREATE_IRQCHIP, 0), "KVM_CREATE_IRQCHIP");
    set_fault(fail_nth, nth);
    vcpu = ioctl(vm, KVM_CREATE_VCPU, 0);
    outcome.failed_with = vcpu < 0 ? errno : 0;
    outcome.injected = !fault_is_left(fail_nth);
    set_fault(fail_nth, 0);
    if (vcpu >= 0)
        close(vcpu);
    close(vm);
    outcome.memory = kmalloc_trace_end();
    return outcome;
}

static void fail_create(void) {
    int kvm = open_or_end("/dev/kvm", O_RDWR), fail_nth = open_or_end("/proc/self/fail-nth", O_RDWR);
    unsigned int nth, failures = 0, not_enomem = 0, lost = 0, most_allocated = 0;
    struct outcome outcome;

    for (nth = 1; nth < most_allocations; nth++) {
        outcome = create(kvm, fail_nth, nth);
        if (outcome.memory.allocated > most_allocated)
            most_allocated = outcome.memory.allocated;
        lost += outcome.memory.lost;
        if (!outcome.injected)
            break;
        failures += outcome.failed_with != 0;
        not_enomem += outcome.failed_with != 0 && outcome.failed_with != ENOMEM;
        if (outcome.memory.lost || (outcome.failed_with && outcome.failed_with != ENOMEM))
            printf("# allocation %u: errno %d, lost %u\n", nth, outcome.failed_with, outcome.memory.lost);
    }
    printf("# %u allocations, %u of them make KVM_CREATE_VCPU fail; up to %u large ones\n", nth - 1, failures,
           most_allocated);
    check("without a fault the vCPU is created", 0, outcome.failed_with);
    check("some faults fail it", 1, failures > 5);
    check("each of these with ENOMEM", 0, not_enomem);
    check("large memory was allocated", 1, most_allocated > 0);
    check("none is lost", 0, lost);
}

/* What a latch returns whose first allocation would fail. Whatever else KVM_RUN wants it has from the run
 * before. */
static struct cpuid_result latch_without_memory(struct vcpu* vcpu, uint32_t slot, int* failed) {
    int fail_nth = open_or_end("/proc/self/fail-nth", O_RDWR);
    size_t latch = emit_cpuid(vcpu, EXIT_COUNTERS_LEAF_LATCH, slot);

    EMIT(vcpu, 0xe6, guest_stop_port);
    vcpu_restart(vcpu);
    set_fault(fail_nth, 1);
    check("the guest runs on", KVM_EXIT_IO, vcpu_run_once(vcpu));
    *failed = !fault_is_left(fail_nth);
    set_fault(fail_nth, 0);
    close(fail_nth);
    vcpu_forget(vcpu);
    return result_of(vcpu, latch);
}

static void fail_latch(void) {
    struct vm vm;
    struct vcpu* vcpu = &vm.vcpu[0];
    int failed;

    vm_create(&vm);
    vcpu_touch_memory(vcpu);
    cpuid_once(vcpu, EXIT_COUNTERS_LEAF_TOTAL, 0);
    for (uint32_t slot = 0; slot < EXIT_COUNTERS_SLOTS; slot++) {
        check_result("the latch is not made", (struct cpuid_result){},
                     latch_without_memory(vcpu, slot, &failed));
        check("an allocation failed", 1, failed);
        check("nothing was latched", 0,
              total_of(cpuid_once(vcpu, EXIT_COUNTERS_LEAF_TOTAL, EXIT_COUNTERS_SCOPE_SLOT_0 << slot)));
        check("the next latch is made", 1, cpuid_once(vcpu, EXIT_COUNTERS_LEAF_LATCH, slot).eax);
        check_result("a slot that is there wants no memory", (struct cpuid_result){.eax = 1},
                     latch_without_memory(vcpu, slot, &failed));
        check("no allocation was there to fail", 0, failed);
    }
    vm_destroy(&vm);
}

static void let_all_fail(void) {
    /* No stack for each fault, so that the log has room for what is wrong. */
    write_file("/sys/kernel/debug/failslab/verbose", "0");
    write_file("/sys/kernel/debug/fail_page_alloc/verbose", "0");
    write_file("/sys/kernel/debug/failslab/ignore-gfp-wait", "N");
    write_file("/sys/kernel/debug/fail_page_alloc/ignore-gfp-wait", "N");
    write_file("/sys/kernel/debug/fail_page_alloc/min-order", "0");
}

int main(int argc, char** argv) {
    setvbuf(stdout, NULL, _IOLBF, 0);
    let_all_fail();
    if (argc == 2 && strcmp(argv[1], "create") == 0)
        fail_create();
    else if (argc == 2 && strcmp(argv[1], "latch") == 0)
        fail_latch();
    else
        return 2;
    return end_checks();
}
