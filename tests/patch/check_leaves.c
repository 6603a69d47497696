/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * Checks what a loaded KVM answers to the exit counter leaves, in TAP.
 *
 * Usage: check_leaves EXIT_COUNTERS vmx|svm PAGING, where the first is the value
 * that kvm.exit_counters must have and PAGING is 1 (shadow) or 2 (two-dimensional).
 * Wants kvm.force_emulation_prefix=1. Exit codes: 0 all ok, 1 not all, 2 no KVM.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../abi/exit_counters.h"
#include "checks.h"

static const uint16_t vmx_reasons[] = {
#define EXIT_REASON_VMX(number, name) number,
#include "../../abi/exit_reasons.def"
};

static const uint16_t svm_reasons[] = {
#define EXIT_REASON_SVM(number, name) number,
#include "../../abi/exit_reasons.def"
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static const struct subject vmx = {.is_vmx = 1,
                                   .reasons = vmx_reasons,
                                   .reason_count = COUNT(vmx_reasons),
                                   .cpuid = 10,
                                   .io = 30,
                                   .hlt = 12,
                                   .rdtsc = 16};
static const struct subject svm = {.is_vmx = 0,
                                   .reasons = svm_reasons,
                                   .reason_count = COUNT(svm_reasons),
                                   .cpuid = 0x72,
                                   .io = 0x7b,
                                   .hlt = 0x78,
                                   .rdtsc = 0x6e};

struct subject subject;
static int checks, failures;

void check(const char* fact, uint64_t expected, uint64_t found) {
    int ok = expected == found;

    printf("%sok %d %s\n", ok ? "" : "not ", ++checks, fact);
    if (!ok)
        printf("# expected %#llx, found %#llx\n", (unsigned long long)expected, (unsigned long long)found);
    failures += !ok;
}

void check_answer(const char* fact, struct answer expected, struct answer found) {
    char text[128];
    const uint32_t *want = &expected.eax, *have = &found.eax;

    for (int i = 0; i < 4; i++) {
        snprintf(text, sizeof(text), "%s: %s", fact, (const char*[]){"eax", "ebx", "ecx", "edx"}[i]);
        check(text, want[i], have[i]);
    }
}

uint64_t join(uint32_t high, uint32_t low) {
    return (uint64_t)high << 32 | low;
}

uint64_t total_of(struct answer answer) {
    return join(answer.edx, answer.eax);
}

uint64_t exits_of(struct answer answer) {
    return join(answer.ebx, answer.eax);
}

static const struct answer unpatched = {.eax = 0x11, .ebx = 0x12, .ecx = 0x13, .edx = 1 << 9};
static const uint32_t our_leaves[] = {
    EXIT_COUNTERS_LEAF_SIGNATURE,     EXIT_COUNTERS_LEAF_FEATURES, EXIT_COUNTERS_LEAF_LATCH,
    EXIT_COUNTERS_LEAF_REASON_CYCLES, EXIT_COUNTERS_LEAF_REASON,   EXIT_COUNTERS_LEAF_TOTAL,
};
static const uint32_t foreign_leaves[] = {0x4ffffeff, 0x4fffff04, 0x4ffffffc, 0x4ffffffd, 0x50000000};

#define CHECK_UNPATCHED(fact, vcpu, leaves)    \
    for (size_t i = 0; i < COUNT(leaves); i++) \
    check_answer(fact, unpatched, cpuid_once(vcpu, (leaves)[i], 0))

static void check_cpl_3(struct vcpu* vcpu) {
    vcpu_set_cpl(vcpu, 3);
    if (subject.exit_counters == 1)
        CHECK_UNPATCHED("CPL 3", vcpu, our_leaves);
    else
        check("CPL 3 may read", EXIT_COUNTERS_LEAF_TOTAL,
              cpuid_once(vcpu, EXIT_COUNTERS_LEAF_SIGNATURE, 0).eax);
}

int main(int argc, char** argv) {
    struct vm vm;
    struct vcpu* vcpu = &vm.vcpu[0];

    if (argc != 4)
        return 2;
    subject = strcmp(argv[2], "vmx") == 0 ? vmx : svm;
    subject.exit_counters = atoi(argv[1]);
    subject.paging = atoi(argv[3]);

    vm_create(&vm);
    CHECK_UNPATCHED("a leaf that is not ours", vcpu, foreign_leaves);
    if (subject.exit_counters == 0) {
        CHECK_UNPATCHED("off", vcpu, our_leaves);
    } else {
        check_identity(vcpu);
        check_total(vcpu);
        check_latch(vcpu);
        check_reasons(vcpu, EXIT_COUNTERS_LEAF_REASON);
        check_reasons(vcpu, EXIT_COUNTERS_LEAF_REASON_CYCLES);
        check_scopes();
        check_cycles(vcpu);
        check_init(vcpu);
        check_cpl_3(vcpu);
    }
    printf("1..%d\n", checks);
    return failures != 0;
}
