/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/* The file exit_counters in debugfs says what the guest reads. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../../abi/exit_counters.h"
#include "../guest_code.h"
#include "groups.h"
#include "window.h"

static const char* path_of(const struct vm* vm, int vcpu, const char* file) {
    static char path[128];

    snprintf(path, sizeof(path), "/sys/kernel/debug/kvm/%d-%d/vcpu%d/%s", getpid(), vm->fd, vcpu, file);
    return path;
}

void check_no_host_view(struct vm* vm) {
    check("the vCPU has its folder in debugfs", 0, access(path_of(vm, 0, "."), F_OK));
    check("with nothing of ours in it", (uint64_t)-1, access(path_of(vm, 0, "exit_counters"), F_OK));
}

/* Reads the file; malformed says what is wrong with its lines. */
static const char* read_view(const struct vm* vm, int vcpu, struct counts* view) {
    FILE* file = fopen(path_of(vm, vcpu, "exit_counters"), "r");
    const char* format = subject.is_vmx ? "%u" : "0x%x";
    char line[128], name[16], expected[16];
    unsigned long long exits, cycles, kernel, cycles_sum = 0, exits_sum = 0, kernel_sum = 0, kernel_total;
    size_t i = 0;

    *view = (struct counts){};
    if (!file || !fgets(line, sizeof(line), file))
        return "no file, or it is empty";
    if (sscanf(line, "total %llu %llu %llu\n", &exits, &cycles, &kernel_total) != 3)
        return "no total first";
    view->total = exits;
    view->total_cycles = cycles;
    while (fgets(line, sizeof(line), file)) {
        if (sscanf(line, "%15s %llu %llu %llu\n", name, &exits, &cycles, &kernel) != 4)
            return "a line of another form";
        do { /* ascending order, in the manuals' notation */
            if (i == subject.reason_count)
                return "a reason that is not listed, or out of order";
            snprintf(expected, sizeof(expected), format, subject.reasons[i]);
        } while (strcmp(expected, name) != 0 && ++i);
        if (exits == 0)
            return "a line of a reason that did not occur";
        view->exits[i] = exits;
        view->cycles[i] = cycles;
        view->kernel_cycles[i] = kernel;
        exits_sum += exits, cycles_sum += cycles, kernel_sum += kernel, i++;
    }
    fclose(file);
    return exits_sum != view->total           ? "the exits do not sum to the total"
           : cycles_sum != view->total_cycles ? "the cycles do not sum to the total's"
           : kernel_sum != kernel_total       ? "the in-kernel cycles do not sum to the total's"
                                              : "";
}

/*
 * After the latch the guest made the CPUIDs that read it, and the OUTs that ended that run and the one
 * before. The last OUT is not over, so it is not in any cycles.
 */
static void check_against_guest(struct vcpu* vcpu) {
    static struct counts guest, host;
    uint64_t wrong = 0, wrong_cycles = 0, noise = 0;
    const char* malformed;

    emit_open(vcpu);
    vcpu_run(vcpu);
    read_counts(vcpu, EXIT_COUNTERS_SCOPE_SLOT_0, &guest);
    malformed = read_view(vcpu->vm, vcpu - vcpu->vm->vcpu, &host);
    if (*malformed)
        printf("# %s\n", malformed);
    check("the host's view is well formed", 0, *malformed);
    for (size_t i = 0; i < subject.reason_count; i++) {
        uint64_t later = host.exits[i] - guest.exits[i];

        if (subject.reasons[i] == subject.noise)
            noise = later;
        else if (subject.reasons[i] == subject.cpuid)
            wrong += later != reads_of_counts();
        else if (subject.reasons[i] == subject.io)
            wrong += later != 2;
        else
            wrong += later != 0 || host.cycles[i] != guest.cycles[i] ||
                     host.kernel_cycles[i] != guest.kernel_cycles[i];
        wrong_cycles += host.cycles[i] < guest.cycles[i] || host.kernel_cycles[i] < guest.kernel_cycles[i];
    }
    check("the host's counts are the guest's", 0, wrong);
    check("so is its total", guest.total + reads_of_counts() + 2 + noise, host.total);
    check("no cycles are less", 0, wrong_cycles);
}

void check_host_view(void) {
    struct stat status;
    struct vm vm;

    vm_create(&vm);
    vcpu_create(&vm, 1);
    vcpu_touch_memory(&vm.vcpu[0]);
    vcpu_touch_memory(&vm.vcpu[1]);
    emit_cpuid_loop(&vm.vcpu[1], 1234); /* so that the two differ */
    vcpu_run(&vm.vcpu[1]);
    check_against_guest(&vm.vcpu[0]);
    check_against_guest(&vm.vcpu[1]);
    check("the file can be looked at", 0, stat(path_of(&vm, 0, "exit_counters"), &status));
    check("root alone may read it, nobody write", S_IFREG | 0400, status.st_mode);
    vm_destroy(&vm);
    check("the file goes with its VM", (uint64_t)-1, access(path_of(&vm, 0, "exit_counters"), F_OK));
}
