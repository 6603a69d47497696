/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * Reads counters over 2^32 and over 2^64, in TAP, from modules built with wrap.patch: they start a vCPU's
 * total wrap_before below 2^64, its CPUID exits below 2^32 and its IO exits below 2^64. Arguments as
 * check_leaves.
 */
#include "../../../abi/exit_counters.h"
#include "../checks/checks.h"
#include "../guest_code.h"

enum { wrap_before = 3000, rounds = 4000 };

/* Whether each reading is so much more than the one before, in 64 bits, and the last ones are over the
 * boundary. */
static void check_steps(const char* fact, const uint64_t* readings, size_t count, uint64_t start) {
    uint64_t wrong = 0;

    for (size_t i = 1; i < count; i++)
        wrong += readings[i] - readings[0] != i * (readings[1] - readings[0]);
    check(fact, 0, wrong);
    check("it began below the boundary", 1, readings[0] - start < wrap_before);
    check("and ended above it", 1, readings[count - 1] - start > wrap_before);
}

static void check_cpuid(const char* fact, uint32_t scope) {
    static uint64_t readings[rounds];
    struct vm vm;

    vm_create(&vm);
    emit_table(&vm.vcpu[0], (struct table){EXIT_COUNTERS_LEAF_REASON, 0, scope | subject.cpuid, 0, rounds});
    vcpu_run(&vm.vcpu[0]);
    for (size_t i = 0; i < rounds; i++)
        readings[i] = exits_of(table_of(&vm.vcpu[0])[i]);
    check("each CPUID reads one more", 1, readings[1] - readings[0]);
    check_steps(fact, readings, rounds, (1ull << 32) - wrap_before);
    vm_destroy(&vm);
}

/*
 * The total without noise, which is read before and after it. Where the two differ, the host interrupted just
 * then; that reading is left out, and its place in the row is taken by what it must have been.
 */
static int disturbed(const struct cpuid_result* round) {
    return exits_of(round[0]) != exits_of(round[2]);
}

static void check_total(const char* fact, uint32_t scope) {
    static struct query queries[3 * rounds];
    static uint64_t readings[rounds];
    uint64_t left_out = 0;
    size_t first = 0;
    struct vm vm;

    vm_create(&vm);
    vcpu_touch_memory(&vm.vcpu[0]);
    for (size_t i = 0; i < rounds; i++) {
        queries[3 * i] = (struct query){EXIT_COUNTERS_LEAF_REASON, scope | subject.noise};
        queries[3 * i + 1] = (struct query){EXIT_COUNTERS_LEAF_TOTAL, scope};
        queries[3 * i + 2] = queries[3 * i];
    }
    emit_queries(&vm.vcpu[0], queries, 3 * rounds);
    vcpu_run(&vm.vcpu[0]);
    /* The row begins with two readings that were not disturbed. */
    while (first < rounds / 4 && (disturbed(table_of(&vm.vcpu[0]) + 3 * first) ||
                                  disturbed(table_of(&vm.vcpu[0]) + 3 * (first + 1))))
        first++;
    for (size_t i = first; i < rounds; i++) {
        const struct cpuid_result* results = table_of(&vm.vcpu[0]) + 3 * i;

        readings[i] = total_of(results[1]) - exits_of(results[0]);
        if (i > first + 1 && disturbed(results)) {
            readings[i] = readings[i - 1] + 3;
            left_out++;
        }
    }
    check("three CPUIDs move the total by three", 3, readings[first + 1] - readings[first]);
    check("few readings were disturbed", 1, left_out < rounds / 2);
    check_steps(fact, readings + first, rounds - first, 0 - (uint64_t)wrap_before);
    vm_destroy(&vm);
}

/* IO exits are few: one OUT, which makes 0 of UINT64_MAX. */
static void check_io(void) {
    struct vm vm;
    struct vcpu* vcpu = &vm.vcpu[0];

    vm_create(&vm);
    check_result("IO before the last of 2^64", (struct cpuid_result){UINT32_MAX, UINT32_MAX, 0, 0},
                 cpuid_once(vcpu, EXIT_COUNTERS_LEAF_REASON, subject.io));
    check_result("and after it", (struct cpuid_result){},
                 cpuid_once(vcpu, EXIT_COUNTERS_LEAF_REASON, subject.io));
    vm_destroy(&vm);
}

int main(int argc, char** argv) {
    read_subject(argc, argv);
    check_total("the total over 2^64", 0);
    check_total("the vCPU's total over 2^64", EXIT_COUNTERS_SCOPE_VCPU);
    check_cpuid("CPUID over 2^32", 0);
    check_cpuid("the vCPU's CPUID over 2^32", EXIT_COUNTERS_SCOPE_VCPU);
    check_io();
    return end_checks();
}
