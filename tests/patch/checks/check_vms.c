/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/* Counters belong to a VM: they start with it, end with it, and no other VM moves them. */
#include "../../../abi/exit_counters.h"
#include "../guest_code.h"
#include "groups.h"
#include "window.h"

/* The first exits of a VM, all of them: a page fault for the code, one for the results, two CPUIDs. */
static void check_starts_at_zero(const char* fact) {
    struct vm vm;
    struct vcpu* vcpu = &vm.vcpu[0];
    size_t first;

    vm_create(&vm);
    first = emit_cpuid(vcpu, EXIT_COUNTERS_LEAF_REASON, subject.cpuid);
    emit_cpuid(vcpu, EXIT_COUNTERS_LEAF_REASON, subject.io);
    emit_cpuid(vcpu, EXIT_COUNTERS_LEAF_REASON, EXIT_COUNTERS_SCOPE_VCPU | subject.hlt);
    emit_cpuid(vcpu, EXIT_COUNTERS_LEAF_TOTAL, EXIT_COUNTERS_SCOPE_SLOT_0);
    emit_cpuid(vcpu, EXIT_COUNTERS_LEAF_TOTAL, EXIT_COUNTERS_SCOPE_SLOT_1);
    vcpu_run(vcpu);
    check_result(fact, (struct cpuid_result){.eax = 1}, result_of(vcpu, first));
    for (size_t i = 1; i < 5; i++)
        check_result(fact, (struct cpuid_result){}, result_of(vcpu, first + i));
    vm_destroy(&vm);
}

void check_lifetime(void) {
    struct vm vm;

    vm_create(&vm);
    emit_open(&vm.vcpu[0]);
    emit_cpuid_loop(&vm.vcpu[0], 1000);
    emit_close(&vm.vcpu[0]);
    vcpu_run(&vm.vcpu[0]);
    check_starts_at_zero("a VM beside another starts at 0");
    vm_destroy(&vm);
    check_starts_at_zero("a VM after another starts at 0");
}

/* While B works, A stands in user space between two latches. */
void check_isolation(void) {
    const uint32_t many = subject.thorough ? 100000 : 1000;
    struct vm a, b;

    vm_create(&a);
    vm_create(&b);
    vcpu_touch_memory(&a.vcpu[0]);
    vcpu_touch_memory(&b.vcpu[0]);

    emit_open(&a.vcpu[0]);
    vcpu_run(&a.vcpu[0]);

    emit_open(&b.vcpu[0]);
    emit_cpuid_loop(&b.vcpu[0], many);
    emit_close(&b.vcpu[0]);
    vcpu_run(&b.vcpu[0]);

    emit_close(&a.vcpu[0]);
    vcpu_run(&a.vcpu[0]);
    CHECK_WINDOW("A's counts move by its own OUT and latch", &a.vcpu[0], {subject.io, 1}, {subject.cpuid, 1});
    CHECK_WINDOW("B's by its own CPUIDs and its latch", &b.vcpu[0], {subject.cpuid, many + 1});
    vm_destroy(&a);
    vm_destroy(&b);
}
