/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * Prints how many bytes KVM_CREATE_VCPU, and then a guest's first latch, ask kmalloc() for, pages apart. The
 * same KVM asks for the same each time, so what two settings differ by is what the one has more.
 * Exit codes: 0 done, 2 no KVM or no tracing.
 */
#include <fcntl.h>
#include <linux/kvm.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../../../abi/exit_counters.h"
#include "../guest.h"

#define TRACING "/sys/kernel/tracing/"

static void write_file(const char* path, const char* text) {
    int file = must(open(path, O_WRONLY | O_TRUNC | O_CLOEXEC), path);

    must(write(file, text, strlen(text)), path);
    close(file);
}

static void begin(void) {
    write_file(TRACING "trace", "\n");
    write_file(TRACING "events/kmem/kmalloc/enable", "1");
}

static unsigned long end(void) {
    unsigned long sum = 0, bytes;
    char line[512], task[32];
    FILE* file;

    write_file(TRACING "events/kmem/kmalloc/enable", "0");
    snprintf(task, sizeof(task), "-%d ", getpid());
    file = fopen(TRACING "trace", "r");
    must(file ? 0 : -1, TRACING "trace");
    while (fgets(line, sizeof(line), file)) {
        const char* found = strstr(line, "bytes_req=");

        if (found && sscanf(found, "bytes_req=%lu", &bytes) == 1 && strstr(line, task))
            sum += bytes;
    }
    fclose(file);
    return sum;
}

int main(void) {
    unsigned long created, latched;
    struct vm vm;

    vm_create(&vm); /* what is made once only is there then */
    cpuid_once(&vm.vcpu[0], 0, 0);
    begin();
    vcpu_create(&vm, 1);
    created = end();
    cpuid_once(&vm.vcpu[1], 0, 0);
    begin();
    cpuid_once(&vm.vcpu[1], EXIT_COUNTERS_LEAF_LATCH, 0);
    latched = end();
    printf("%lu %lu\n", created, latched);
    vm_destroy(&vm);
    return 0;
}
