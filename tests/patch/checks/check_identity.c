/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/* The signature, the features, and who may read. */
#include <stdlib.h>

#include "../../../abi/exit_counters.h"
#include "checks.h"
#include "groups.h"

void check_identity(void) {
    struct vm vm;
    uint32_t features =
        EXIT_COUNTERS_FEATURE_LATCH | EXIT_COUNTERS_FEATURE_VCPU_SCOPE | EXIT_COUNTERS_FEATURE_BASIS;
    struct cpuid_result signature = {EXIT_COUNTERS_LEAF_TOTAL, EXIT_COUNTERS_SIGNATURE_EBX,
                                     EXIT_COUNTERS_SIGNATURE_ECX, EXIT_COUNTERS_SIGNATURE_EDX};

    vm_create(&vm);
    check_result("signature", signature, cpuid_once(&vm.vcpu[0], EXIT_COUNTERS_LEAF_SIGNATURE, 77));
    check_result("features",
                 (struct cpuid_result){EXIT_COUNTERS_ABI_VERSION,
                                       features | (subject.cycles ? EXIT_COUNTERS_FEATURE_CYCLES : 0),
                                       (subject.is_vmx ? EXIT_COUNTERS_ISA_VMX : EXIT_COUNTERS_ISA_SVM) |
                                           subject.paging << EXIT_COUNTERS_PAGING_SHIFT,
                                       subject.reason_count},
                 cpuid_once(&vm.vcpu[0], EXIT_COUNTERS_LEAF_FEATURES, 77));
    vm_destroy(&vm);
}

/* What the guest's CPUID says of a leaf out of range: its highest basic leaf, 1. */
static struct cpuid_result unpatched(void) {
    const struct kvm_cpuid_entry2* entry = &guest_cpuid_intel[1];

    return (struct cpuid_result){entry->eax, entry->ebx, entry->ecx, entry->edx};
}

static const uint32_t our_leaves[] = {
    EXIT_COUNTERS_LEAF_SIGNATURE,     EXIT_COUNTERS_LEAF_FEATURES, EXIT_COUNTERS_LEAF_LATCH,
    EXIT_COUNTERS_LEAF_REASON_CYCLES, EXIT_COUNTERS_LEAF_BASIS,    EXIT_COUNTERS_LEAF_REASON,
    EXIT_COUNTERS_LEAF_TOTAL,
};

void check_as_unpatched(const char* fact, struct vcpu* vcpu) {
    for (size_t i = 0; i < sizeof(our_leaves) / sizeof(*our_leaves); i++)
        check_result(fact, unpatched(), cpuid_once(vcpu, our_leaves[i], 0));
}

/* A latch that CPL 3 was not allowed to make must not have been made either. */
static void check_latch_untouched(struct vcpu* vcpu) {
    size_t total = emit_cpuid(vcpu, EXIT_COUNTERS_LEAF_TOTAL, EXIT_COUNTERS_SCOPE_SLOT_0);

    vcpu_set_cpl(vcpu, 0);
    vcpu_run(vcpu);
    check("CPL 3 made no latch", 0, total_of(result_of(vcpu, total)));
}

void check_privilege(void) {
    struct vm vm;
    struct vcpu* vcpu = &vm.vcpu[0];

    vm_create(&vm);
    vcpu_set_cpl(vcpu, 3);
    if (subject.exit_counters == 1) {
        check_as_unpatched("CPL 3", vcpu);
        check_latch_untouched(vcpu);
    } else {
        check("CPL 3 may read", EXIT_COUNTERS_LEAF_TOTAL,
              cpuid_once(vcpu, EXIT_COUNTERS_LEAF_SIGNATURE, 0).eax);
    }
    vm_destroy(&vm);
}

void check_off(void) {
    struct vm vm;

    vm_create(&vm);
    check_as_unpatched("off", &vm.vcpu[0]);
    check_no_host_view(&vm);
    vm_destroy(&vm);
    check_consent();
}
