/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * Checks what a loaded KVM returns for the exit counter leaves, in TAP.
 *
 * Usage: check_leaves EXIT_COUNTERS vmx|svm PAGING CYCLES [thorough], where the first and the last are the
 * values that kvm.exit_counters and kvm.exit_counters_cycles must have and PAGING is 1 (shadow) or 2
 * (two-dimensional). Wants kvm.force_emulation_prefix=1 and debugfs. Exit codes: 0 all ok, 1 not all, 2 no
 * KVM.
 */
#include <stdio.h>
#include <time.h>

#include "../checks/checks.h"
#include "../checks/groups.h"

static const struct {
    const char* name;
    void (*run)(void);
} groups[] = {
    {"identity", check_identity},   {"basis", check_basis},
    {"total", check_total},         {"latch", check_latch},
    {"index", check_index},         {"privilege", check_privilege},
    {"consent", check_consent},     {"user space's entries", check_user_entries},
    {"lifetime", check_lifetime},   {"reset", check_reset},
    {"isolation", check_isolation}, {"vCPUs", check_vcpus},
    {"fast path", check_fast_path}, {"failed entry", check_failed_entry},
    {"nested guest", check_nested}, {"cycles", check_cycles},
    {"stolen time", check_stolen},  {"host view", check_host_view},
};

static double seconds(void) {
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec + now.tv_nsec / 1e9;
}

int main(int argc, char** argv) {
    read_subject(argc, argv);
    if (subject.exit_counters == 0) {
        check_off();
        return end_checks();
    }
    for (size_t i = 0; i < sizeof(groups) / sizeof(*groups); i++) {
        double start = seconds();

        printf("# %s\n", groups[i].name);
        groups[i].run();
        printf("# %s: done after %.2f s\n", groups[i].name, seconds() - start);
    }
    return end_checks();
}
