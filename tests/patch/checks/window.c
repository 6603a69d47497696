/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
#include "window.h"

#include <stdio.h>

#include "../../../abi/exit_counters.h"
#include "../guest_code.h"

void read_counts(struct vcpu* vcpu, uint32_t slot_scope, struct counts* counts) {
    static struct query queries[1 + 2 * 256];
    const struct cpuid_result* results = table_of(vcpu);

    queries[0] = (struct query){EXIT_COUNTERS_LEAF_TOTAL, slot_scope};
    for (size_t i = 0; i < subject.reason_count; i++) {
        queries[1 + 2 * i] = (struct query){EXIT_COUNTERS_LEAF_REASON, slot_scope | subject.reasons[i]};
        queries[2 + 2 * i] =
            (struct query){EXIT_COUNTERS_LEAF_REASON_CYCLES, slot_scope | subject.reasons[i]};
    }
    emit_queries(vcpu, queries, reads_of_counts());
    vcpu_run(vcpu);
    counts->total = total_of(results[0]);
    counts->total_cycles = total_cycles_of(results[0]);
    for (size_t i = 0; i < subject.reason_count; i++) {
        counts->exits[i] = exits_of(results[1 + 2 * i]);
        counts->cycles[i] = cycles_of(results[2 + 2 * i]);
        counts->kernel_cycles[i] = kernel_cycles_of(results[2 + 2 * i]);
    }
}

uint64_t reads_of_counts(void) {
    return 1 + 2 * subject.reason_count;
}

uint64_t exits_in(const struct counts* counts, uint32_t reason) {
    for (size_t i = 0; i < subject.reason_count; i++) {
        if (subject.reasons[i] == reason)
            return counts->exits[i];
    }
    return 0;
}

void emit_open(struct vcpu* vcpu) {
    emit_cpuid(vcpu, EXIT_COUNTERS_LEAF_LATCH, 0);
}

void emit_close(struct vcpu* vcpu) {
    emit_cpuid(vcpu, EXIT_COUNTERS_LEAF_LATCH, 1);
}

static uint64_t cost_of(uint32_t reason, const struct cost* costs, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (costs[i].reason == reason)
            return costs[i].exits;
    }
    return 0;
}

void check_window(const char* fact, struct vcpu* vcpu, const struct cost* costs, size_t count) {
    static struct counts before, after;
    uint64_t wrong = 0, sum = 0;
    char text[128];

    read_counts(vcpu, EXIT_COUNTERS_SCOPE_SLOT_0, &before);
    read_counts(vcpu, EXIT_COUNTERS_SCOPE_SLOT_1, &after);
    for (size_t i = 0; i < subject.reason_count; i++) {
        uint64_t found = after.exits[i] - before.exits[i];
        uint64_t expected = cost_of(subject.reasons[i], costs, count);

        sum += found;
        if (found == expected || expected == ANY_NUMBER || subject.reasons[i] == subject.noise)
            continue;
        printf("# reason %#x: expected %llu, found %llu\n", subject.reasons[i], (unsigned long long)expected,
               (unsigned long long)found);
        wrong++;
    }
    check(fact, 0, wrong);
    snprintf(text, sizeof(text), "%s: the reasons sum to the total", fact);
    check(text, sum, after.total - before.total);
}
