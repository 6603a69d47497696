/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * Index safety: what each ECX of the per-reason leaves returns, in all four registers. Thorough: all
 * 65,536 values of the reason and all 65,536 values of the upper half. Else, and under the scopes other than
 * 0: the reasons up to 0x4ff and from 0xff00, and each flag bit under each combination of scope bits.
 */
#include <stdio.h>
#include <string.h>

#include "../../../abi/exit_counters.h"
#include "../guest_code.h"
#include "groups.h"
#include "window.h"

static const struct cpuid_result undefined = {.edx = EXIT_COUNTERS_UNDEFINED_EDX};

static int same(struct cpuid_result a, struct cpuid_result b) {
    return memcmp(&a, &b, sizeof(a)) == 0;
}

static uint64_t wrong;

static void expect(int ok, uint32_t subleaf, struct cpuid_result found) {
    if (ok)
        return;
    if (wrong++ == 0)
        printf("# ecx %#x: %#x %#x %#x %#x\n", subleaf, found.eax, found.ebx, found.ecx, found.edx);
}

/* Whether that is what leaf says of reason i when so many CPUIDs were made after the latch. */
static int is_reading(struct cpuid_result found, uint32_t leaf, int latched, size_t i, uint64_t reads,
                      const struct counts* counts) {
    int moves = !latched && (subject.reasons[i] == subject.cpuid || subject.reasons[i] == subject.noise);

    if (leaf == EXIT_COUNTERS_LEAF_REASON_CYCLES) {
        if (!subject.cycles)
            return same(found, (struct cpuid_result){});
        if (kernel_cycles_of(found) > cycles_of(found))
            return 0;
        return moves ? cycles_of(found) >= counts->cycles[i]
                     : cycles_of(found) == counts->cycles[i] &&
                           kernel_cycles_of(found) == counts->kernel_cycles[i];
    }
    if (found.ecx || found.edx)
        return 0;
    if (!latched && subject.reasons[i] == subject.cpuid)
        return exits_of(found) == counts->exits[i] + reads;
    return moves ? exits_of(found) >= counts->exits[i] : exits_of(found) == counts->exits[i];
}

static void check_reasons(struct vcpu* vcpu, uint32_t leaf, uint32_t scope, uint32_t first, uint32_t count) {
    static struct counts counts;
    static struct cpuid_result results[0x10000];
    uint32_t slot = scope & EXIT_COUNTERS_SCOPE_SLOT_MASK;
    size_t i = 0, listed = 0, found = 0;
    char fact[128];

    emit_open(vcpu);
    emit_table(vcpu, (struct table){leaf, 0, scope | first, 1, count});
    vcpu_run(vcpu);
    memcpy(results, table_of(vcpu), count * sizeof(*results));
    read_counts(vcpu, slot ? slot : EXIT_COUNTERS_SCOPE_SLOT_0, &counts);

    wrong = 0;
    for (i = 0; i < subject.reason_count; i++)
        listed += subject.reasons[i] >= first && subject.reasons[i] < first + count;
    for (uint32_t n = 0; n < count; n++) {
        for (i = 0; i < subject.reason_count && subject.reasons[i] != first + n; i++) {
        }
        found += i < subject.reason_count;
        expect(i == subject.reason_count ? same(results[n], undefined)
                                         : is_reading(results[n], leaf, slot, i, n + 1, &counts),
               scope | (first + n), results[n]);
    }
    snprintf(fact, sizeof(fact), "leaf %#x, scope %#x, each reason from %#x to %#x", leaf, scope, first,
             first + count - 1);
    check(fact, 0, wrong);
    check("each listed reason was found", listed, found);
}

/*
 * ECX's upper half: each value, or each combination of scope bits with each one of the other bits. Nothing
 * was latched here, so that a reading of the latch is known: zeros.
 */
static void check_upper_half(uint32_t leaf) {
    static struct query queries[0x10000];
    uint32_t count = 0;
    struct vm vm;
    struct vcpu* vcpu = &vm.vcpu[0];
    char fact[128];

    for (uint32_t i = 0; i < 0x10000; i++) {
        uint32_t other = i & 0x1fff;

        if (subject.thorough || (other & (other - 1)) == 0)
            queries[count++] = (struct query){leaf, i << 16 | subject.cpuid};
    }
    vm_create(&vm);
    emit_queries(vcpu, queries, count);
    vcpu_run(vcpu);
    wrong = 0;
    for (uint32_t i = 0; i < count; i++) {
        struct cpuid_result found = table_of(vcpu)[i];
        uint32_t subleaf = queries[i].subleaf, slot = subleaf & EXIT_COUNTERS_SCOPE_SLOT_MASK;

        if (subleaf & 0x1fff0000 || slot == EXIT_COUNTERS_SCOPE_SLOT_MASK)
            expect(same(found, undefined), subleaf, found);
        else if (slot)
            expect(same(found, (struct cpuid_result){}), subleaf, found);
        else if (leaf == EXIT_COUNTERS_LEAF_REASON)
            expect(same(found, (struct cpuid_result){.eax = i + 1}), subleaf, found);
        else
            /* The in-kernel part is credited at the entry, so the first exit's is not in yet; what else
             * passed is in as soon as the vCPU is back, if the host scheduled it out meanwhile. */
            expect(kernel_cycles_of(found) <= cycles_of(found) &&
                       (kernel_cycles_of(found) != 0) == (subject.cycles && i != 0) &&
                       (subject.cycles || cycles_of(found) == 0),
                   subleaf, found);
    }
    snprintf(fact, sizeof(fact), "leaf %#x, %u values of ECX's upper half", leaf, count);
    check(fact, 0, wrong);
    vm_destroy(&vm);
}

void check_index(void) {
    static const uint32_t scopes[] = {
        0,
        EXIT_COUNTERS_SCOPE_VCPU,
        EXIT_COUNTERS_SCOPE_SLOT_0,
        EXIT_COUNTERS_SCOPE_SLOT_1,
        EXIT_COUNTERS_SCOPE_VCPU | EXIT_COUNTERS_SCOPE_SLOT_0,
        EXIT_COUNTERS_SCOPE_VCPU | EXIT_COUNTERS_SCOPE_SLOT_1,
    };
    static const uint32_t leaves[] = {EXIT_COUNTERS_LEAF_REASON, EXIT_COUNTERS_LEAF_REASON_CYCLES};
    struct vm vm;

    check_upper_half(EXIT_COUNTERS_LEAF_REASON);
    check_upper_half(EXIT_COUNTERS_LEAF_REASON_CYCLES);
    vm_create(&vm);
    vcpu_touch_memory(&vm.vcpu[0]);
    emit_close(&vm.vcpu[0]); /* slot 1 holds something too, and something else than slot 0 */
    vcpu_run(&vm.vcpu[0]);
    for (size_t i = 0; i < sizeof(scopes) / sizeof(*scopes); i++) {
        for (size_t j = 0; j < 2; j++) {
            if (subject.thorough && scopes[i] == 0) {
                check_reasons(&vm.vcpu[0], leaves[j], scopes[i], 0, 0x10000);
            } else {
                check_reasons(&vm.vcpu[0], leaves[j], scopes[i], 0, 0x500);
                check_reasons(&vm.vcpu[0], leaves[j], scopes[i], 0xff00, 0x100);
            }
        }
    }
    vm_destroy(&vm);
}
