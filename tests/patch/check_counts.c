/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
#include "checks.h"

#include "../../abi/exit_counters.h"

static const struct answer undefined = {.edx = EXIT_COUNTERS_UNDEFINED_EDX};

void check_identity(struct vcpu* vcpu) {
    struct answer signature = {EXIT_COUNTERS_LEAF_TOTAL, EXIT_COUNTERS_SIGNATURE_EBX,
                               EXIT_COUNTERS_SIGNATURE_ECX, EXIT_COUNTERS_SIGNATURE_EDX};
    struct answer features = {
        EXIT_COUNTERS_ABI_VERSION, 7,
        (subject.is_vmx ? EXIT_COUNTERS_ISA_VMX : EXIT_COUNTERS_ISA_SVM) | subject.paging << 8,
        subject.reason_count};

    check_answer("signature", signature, cpuid_once(vcpu, EXIT_COUNTERS_LEAF_SIGNATURE, 77));
    check_answer("features", features, cpuid_once(vcpu, EXIT_COUNTERS_LEAF_FEATURES, 77));
}

void check_total(struct vcpu* vcpu) {
    size_t first = emit_cpuid(vcpu, EXIT_COUNTERS_LEAF_TOTAL, 0);
    size_t plain = emit_cpuid(vcpu, EXIT_COUNTERS_LEAF_TOTAL, 0);
    size_t low_bits = emit_cpuid(vcpu, EXIT_COUNTERS_LEAF_TOTAL, 0x1fffffff);
    size_t all_bits = emit_cpuid(vcpu, EXIT_COUNTERS_LEAF_TOTAL, 0xffffffff);
    size_t emulated = emit_emulated_cpuid(vcpu, EXIT_COUNTERS_LEAF_TOTAL, 0);
    uint64_t start;

    vcpu_run(vcpu);
    start = total_of(answer_of(vcpu, first));
    check("two reads of the total differ by one", start + 1, total_of(answer_of(vcpu, plain)));
    check("the total ignores bits 28:0", start + 2, total_of(answer_of(vcpu, low_bits)));
    check("the total with all bits set is live", start + 3, total_of(answer_of(vcpu, all_bits)));
    check("the emulator gives the same total", start + 4, total_of(answer_of(vcpu, emulated)));
}

void check_latch(struct vcpu* vcpu) {
    uint64_t before = 0, after = 0, sum = 0;
    size_t first, second, third, far, index[2][256], totals[2];

    first = emit_cpuid(vcpu, EXIT_COUNTERS_LEAF_LATCH, 0);
    for (int i = 0; i < 100; i++)
        emit_cpuid(vcpu, 0, 0);
    second = emit_cpuid(vcpu, EXIT_COUNTERS_LEAF_LATCH, 1);
    third = emit_cpuid(vcpu, EXIT_COUNTERS_LEAF_LATCH, 2);
    far = emit_cpuid(vcpu, EXIT_COUNTERS_LEAF_LATCH, 0x80000000);
    vcpu_run(vcpu);
    check_answer("latch slot 0", (struct answer){.eax = 1}, answer_of(vcpu, first));
    check_answer("latch slot 1", (struct answer){.eax = 1}, answer_of(vcpu, second));
    check_answer("latch slot 2", (struct answer){}, answer_of(vcpu, third));
    check_answer("latch slot 0x80000000", (struct answer){}, answer_of(vcpu, far));

    for (int slot = 0; slot < 2; slot++) {
        uint32_t scope = slot ? EXIT_COUNTERS_SCOPE_SLOT_1 : EXIT_COUNTERS_SCOPE_SLOT_0;

        for (size_t i = 0; i < subject.reason_count; i++)
            index[slot][i] = emit_cpuid(vcpu, EXIT_COUNTERS_LEAF_REASON, scope | subject.reasons[i]);
        totals[slot] = emit_cpuid(vcpu, EXIT_COUNTERS_LEAF_TOTAL, scope);
    }
    vcpu_run(vcpu);
    for (size_t i = 0; i < subject.reason_count; i++) {
        sum += exits_of(answer_of(vcpu, index[1][i]));
        if (subject.reasons[i] == subject.cpuid) {
            before = exits_of(answer_of(vcpu, index[0][i]));
            after = exits_of(answer_of(vcpu, index[1][i]));
        }
    }
    check("latch, 100 CPUID, latch cost 101 CPUID", 101, after - before);
    check("the latched reasons sum to the latched total", sum, total_of(answer_of(vcpu, totals[1])));
}

void check_reasons(struct vcpu* vcpu, uint32_t leaf) {
    static const uint32_t bad[] = {0x10000, 0x10000000, 0x1fff0000, 0x60000000, 0xe0000000, 0xffffffff};
    const uint32_t* edx = (const uint32_t*)(vcpu->vm->memory + guest_table);
    size_t wrong = 0, defined = 0;

    emit_cpuid_table(vcpu, leaf, 0x10000);
    vcpu_run(vcpu);
    for (uint32_t reason = 0; reason < 0x10000; reason++) {
        int listed = defined < subject.reason_count && subject.reasons[defined] == reason;

        wrong += (edx[reason] != EXIT_COUNTERS_UNDEFINED_EDX) != listed;
        defined += listed;
    }
    check("exactly the listed reasons are defined", 0, wrong);
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        check_answer("a set bit that is none", undefined, cpuid_once(vcpu, leaf, bad[i] | subject.cpuid));
    check_answer("reason 0xfffe", undefined, cpuid_once(vcpu, leaf, 0xfffe));
    check_answer("reason RDTSC, never enabled", (struct answer){}, cpuid_once(vcpu, leaf, subject.rdtsc));
}

void check_scopes(void) {
    struct vm vm, other;
    uint64_t own, both, second;
    size_t a, b;

    vm_create(&vm);
    vcpu_create(&vm, 1);
    for (int i = 0; i < 500; i++)
        emit_cpuid(&vm.vcpu[1], 0, 0);
    b = emit_cpuid(&vm.vcpu[1], EXIT_COUNTERS_LEAF_REASON, EXIT_COUNTERS_SCOPE_VCPU | subject.cpuid);
    vcpu_run(&vm.vcpu[1]);
    second = exits_of(answer_of(&vm.vcpu[1], b));
    check("a new vCPU starts at 0", 501, second);

    a = emit_cpuid(&vm.vcpu[0], EXIT_COUNTERS_LEAF_REASON, EXIT_COUNTERS_SCOPE_VCPU | subject.cpuid);
    b = emit_cpuid(&vm.vcpu[0], EXIT_COUNTERS_LEAF_REASON, subject.cpuid);
    vcpu_run(&vm.vcpu[0]);
    own = exits_of(answer_of(&vm.vcpu[0], a));
    both = exits_of(answer_of(&vm.vcpu[0], b));
    check("a vCPU's own count holds its own exits only", 1, own);
    check("the VM's count is the sum over its vCPUs", own + 1 + second, both);

    vm_create(&other);
    check("another VM starts at 0", 1,
          exits_of(cpuid_once(&other.vcpu[0], EXIT_COUNTERS_LEAF_REASON, subject.cpuid)));
}
