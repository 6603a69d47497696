/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * Lets the allocations of KVM_CREATE_VCPU fail, in TAP. Wants a kernel with FAULT_INJECTION.
 *
 * Usage: fail_create nth: one allocation fails, the first, the second ... until none is left to fail.
 *        fail_create large FAILS: all that want pages in one piece and all of vmalloc's fail; that is what
 * holds the counters, so FAILS is 1 with counters and 0 without. Exit codes: 0 all ok, 1 not all, 2 no KVM or
 * no fault injection.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "../checks/checks.h"
#include "../checks/kmalloc_trace.h"

enum { most_allocations = 1000 };

static int open_or_end(const char* path, int flags) {
    return must(open(path, flags | O_CLOEXEC), path);
}

static void write_file(const char* path, const char* text) {
    int file = open_or_end(path, O_WRONLY);

    must(write(file, text, strlen(text)), path);
    close(file);
}

struct outcome {
    int failed_with; /* errno, or 0 */
    int injected;
    struct kmalloc_balance memory;
};

/* KVM_CREATE_VCPU on a VM of its own, whose nth allocation fails. */
static struct outcome create(int kvm, int fail_nth, unsigned int nth) {
    struct outcome outcome = {};
    char text[16] = "";
    int vm, vcpu;

    kmalloc_trace_begin();
    vm = must(ioctl(kvm, KVM_CREATE_VM, 0), "KVM_CREATE_VM");
    must(ioctl(vm, KVM_CREATE_IRQCHIP, 0), "KVM_CREATE_IRQCHIP");
    snprintf(text, sizeof(text), "%u", nth);
    must(pwrite(fail_nth, text, strlen(text), 0), "fail-nth");
    vcpu = ioctl(vm, KVM_CREATE_VCPU, 0);
    outcome.failed_with = vcpu < 0 ? errno : 0;
    memset(text, 0, sizeof(text));
    must(pread(fail_nth, text, sizeof(text) - 1, 0), "fail-nth");
    outcome.injected = atoi(text) == 0;
    must(pwrite(fail_nth, "0", 1, 0), "fail-nth");
    if (vcpu >= 0)
        close(vcpu);
    close(vm);
    outcome.memory = kmalloc_trace_end();
    return outcome;
}

static void fail_nth_allocations(void) {
    int kvm = open_or_end("/dev/kvm", O_RDWR), fail_nth = open_or_end("/proc/self/fail-nth", O_RDWR);
    unsigned int nth, failures = 0, not_enomem = 0, lost = 0, most_allocated = 0;
    struct outcome outcome;

    write_file("/sys/kernel/debug/failslab/ignore-gfp-wait", "N");
    write_file("/sys/kernel/debug/fail_page_alloc/ignore-gfp-wait", "N");
    write_file("/sys/kernel/debug/fail_page_alloc/min-order", "0");
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

/*
 * Pages in one piece fail: order 2 and up. Where these fail kvmalloc() asks vmalloc(), which wants a
 * vmap_area; each second of those fails. The first is that of the vCPU's FPU state, the second the counters'.
 */
static void set_large_faults(const char* times) {
    static const char* const settings[][2] = {
        {"/sys/kernel/debug/fail_page_alloc/min-order", "2"},
        {"/sys/kernel/debug/fail_page_alloc/ignore-gfp-wait", "N"},
        {"/sys/kernel/debug/fail_page_alloc/task-filter", "Y"},
        {"/sys/kernel/debug/fail_page_alloc/probability", "100"},
        {"/sys/kernel/debug/failslab/cache-filter", "Y"},
        {"/sys/kernel/debug/failslab/ignore-gfp-wait", "N"},
        {"/sys/kernel/debug/failslab/task-filter", "Y"},
        {"/sys/kernel/debug/failslab/interval", "2"},
        {"/sys/kernel/debug/failslab/probability", "100"},
    };

    for (size_t i = 0; i < sizeof(settings) / sizeof(*settings); i++)
        write_file(settings[i][0], settings[i][1]);
    write_file("/sys/kernel/debug/failslab/times", times);
    write_file("/sys/kernel/debug/fail_page_alloc/times", times);
}

static int vmap_area_can_fail(void) {
    char value = 0;
    int file = open_or_end("/sys/kernel/slab/vmap_area/failslab", O_RDONLY);

    must(read(file, &value, 1), "failslab");
    close(file);
    return value == '1';
}

static void fail_large_allocations(int fails) {
    struct vm vm, other;
    int result;

    check("vmap_area can fail", 1, vmap_area_can_fail());
    vm_create(&vm); /* leaves free places in the slabs, so that these need no pages */
    vm_create(&other);
    vm_destroy(&other);
    set_large_faults("-1");
    write_file("/proc/self/make-it-fail", "1");
    result = ioctl(vm.fd, KVM_CREATE_VCPU, 1);
    write_file("/proc/self/make-it-fail", "0");
    set_large_faults("0");
    check("the vCPU is created just if it has no counters", fails ? (uint64_t)-1 : 1,
          fails ? result : result >= 0);
    check("the one before it still runs", 1, cpuid_once(&vm.vcpu[0], 0, 0).eax);
    vcpu_create(&vm, 2);
    check("so does one made after it", 1, cpuid_once(&vm.vcpu[2], 0, 0).eax);
    vm_destroy(&vm);
}

int main(int argc, char** argv) {
    setvbuf(stdout, NULL, _IOLBF, 0);
    /* No stack for each fault, so that the log has room for what is wrong. */
    write_file("/sys/kernel/debug/failslab/verbose", "0");
    write_file("/sys/kernel/debug/fail_page_alloc/verbose", "0");
    if (argc == 2 && strcmp(argv[1], "nth") == 0)
        fail_nth_allocations();
    else if (argc == 3 && strcmp(argv[1], "large") == 0)
        fail_large_allocations(atoi(argv[2]));
    else
        return 2;
    return end_checks();
}
