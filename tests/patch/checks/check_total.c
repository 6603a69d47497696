/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/* The total, and the latch. */
#include "../../../abi/exit_counters.h"
#include "../guest_code.h"
#include "groups.h"
#include "window.h"

/* The total's ECX: bits 28:0 mean nothing, 3 in bits 30:29 is as 0. */
void check_total(void) {
    static const uint32_t live[] = {0, 0, 0x1fffffff, 0x60000000, 0xffffffff, 0x80000000, 0x9234abcd};
    struct vm vm;
    struct vcpu* vcpu = &vm.vcpu[0];
    size_t count = sizeof(live) / sizeof(*live), read[sizeof(live) / sizeof(*live)], emulated, noise[2];
    uint64_t start, wrong = 0;

    vm_create(&vm);
    vcpu_touch_memory(vcpu);
    do { /* until the host did not interrupt */
        noise[0] = emit_cpuid(vcpu, EXIT_COUNTERS_LEAF_REASON, subject.noise);
        for (size_t i = 0; i < count; i++)
            read[i] = emit_cpuid(vcpu, EXIT_COUNTERS_LEAF_TOTAL, live[i]);
        emulated = emit_emulated_cpuid(vcpu, EXIT_COUNTERS_LEAF_TOTAL, 0);
        noise[1] = emit_cpuid(vcpu, EXIT_COUNTERS_LEAF_REASON, subject.noise);
        vcpu_run(vcpu);
    } while (exits_of(result_of(vcpu, noise[0])) != exits_of(result_of(vcpu, noise[1])));

    start = total_of(result_of(vcpu, read[0]));
    for (size_t i = 1; i < count; i++)
        wrong += total_of(result_of(vcpu, read[i])) != start + i;
    check("each read of the total sees one more exit, whatever bits 28:0 are", 0, wrong);
    check("the emulator gives the same total", start + count, total_of(result_of(vcpu, emulated)));
    vm_destroy(&vm);
}

static void check_latch_slots(struct vcpu* vcpu) {
    static const uint32_t others[] = {2, 3, 0x100, 0x10000, 0x20000000, 0x40000000, 0x80000000, 0xffffffff};
    size_t slot[2], other;
    struct cpuid_result result;
    uint64_t wrong = 0;

    slot[0] = emit_cpuid(vcpu, EXIT_COUNTERS_LEAF_LATCH, 0);
    slot[1] = emit_cpuid(vcpu, EXIT_COUNTERS_LEAF_LATCH, 1);
    other = slot[1] + 1;
    for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
        emit_cpuid(vcpu, EXIT_COUNTERS_LEAF_LATCH, others[i]);
    vcpu_run(vcpu);
    check_result("latch slot 0", (struct cpuid_result){.eax = 1}, result_of(vcpu, slot[0]));
    check_result("latch slot 1", (struct cpuid_result){.eax = 1}, result_of(vcpu, slot[1]));
    for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++) {
        result = result_of(vcpu, other + i);
        wrong += result.eax || result.ebx || result.ecx || result.edx;
    }
    check("any other slot returns zeros", 0, wrong);
    CHECK_WINDOW("and copies nothing", vcpu, {subject.cpuid, 1});
}

/* The exit that latches is in its latch. */
static void check_latch_holds_itself(struct vcpu* vcpu) {
    uint32_t own = EXIT_COUNTERS_SCOPE_VCPU | subject.cpuid,
             latched = EXIT_COUNTERS_SCOPE_SLOT_0 | subject.cpuid;
    size_t before = emit_cpuid(vcpu, EXIT_COUNTERS_LEAF_REASON, own), slot;

    emit_open(vcpu);
    slot = emit_cpuid(vcpu, EXIT_COUNTERS_LEAF_REASON, latched);
    vcpu_run(vcpu);
    check("the latch holds its own exit", exits_of(result_of(vcpu, before)) + 1,
          exits_of(result_of(vcpu, slot)));
}

void check_latch(void) {
    struct vm vm;
    struct vcpu* vcpu = &vm.vcpu[0];

    vm_create(&vm);
    vcpu_touch_memory(vcpu);
    check_latch_slots(vcpu);
    check_latch_holds_itself(vcpu);

    emit_open(vcpu);
    emit_close(vcpu);
    vcpu_run(vcpu);
    CHECK_WINDOW("an empty window costs its closing latch", vcpu, {subject.cpuid, 1});

    emit_open(vcpu);
    emit_cpuid_loop(vcpu, 100);
    EMIT(vcpu, 0xe4, 0x21); /* in al, 0x21: the interrupt controller, in the kernel */
    emit_close(vcpu);
    vcpu_run(vcpu);
    CHECK_WINDOW("100 CPUID and one IN", vcpu, {subject.cpuid, 101}, {subject.io, 1});
    vm_destroy(&vm);
}
