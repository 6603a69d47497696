/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * What user space itself set with KVM_SET_CPUID2 for one of our leaves wins, and with it user space decides
 * for all of them: they are answered as any number of their class that KVM does not know.
 */
#include <stdbool.h>

#include "../../../abi/exit_counters.h"
#include "groups.h"
#include "window.h"

enum { unknown_leaf = 0x4fffff10 };

static void check_unknown(const char* what, struct vcpu* vcpu, uint32_t leaf, uint32_t subleaf) {
    check_result(what, cpuid_once(vcpu, unknown_leaf, subleaf), cpuid_once(vcpu, leaf, subleaf));
}

/* An entry for a sub-leaf that nobody asks for, and one for a leaf that is none of ours. */
static void check_one_entry(uint32_t leaf, bool decides) {
    struct kvm_cpuid_entry2 entries[3] = {
        guest_cpuid_intel[0],
        guest_cpuid_intel[1],
        {.function = leaf, .index = 0xfffe, .flags = KVM_CPUID_FLAG_SIGNIFCANT_INDEX, .eax = 41},
    };
    struct vm vm;
    struct vcpu* vcpu = &vm.vcpu[0];

    vm_create(&vm);
    vcpu_set_cpuid(vcpu, entries, 3);
    if (decides)
        check_unknown("an entry for another sub-leaf decides", vcpu, EXIT_COUNTERS_LEAF_TOTAL, 0);
    else
        check("an entry for another leaf does not", EXIT_COUNTERS_SIGNATURE_EBX,
              cpuid_once(vcpu, EXIT_COUNTERS_LEAF_SIGNATURE, 0).ebx);
    vm_destroy(&vm);
}

void check_user_entries(void) {
    const uint32_t features = EXIT_COUNTERS_LEAF_FEATURES, reason = EXIT_COUNTERS_LEAF_REASON;
    struct kvm_cpuid_entry2 entries[4] = {
        guest_cpuid_intel[0],
        guest_cpuid_intel[1],
        {.function = features, .eax = 21, .ebx = 22, .ecx = 23, .edx = 24},
        {.function = reason,
         .index = subject.io,
         .flags = KVM_CPUID_FLAG_SIGNIFCANT_INDEX,
         .eax = 31,
         .ebx = 32,
         .ecx = 33,
         .edx = 34},
    };
    struct vm vm;
    struct vcpu* vcpu = &vm.vcpu[0];

    vm_create(&vm);
    vcpu_set_cpuid(vcpu, entries, 4);
    check_result("user space's leaf", (struct cpuid_result){21, 22, 23, 24}, cpuid_once(vcpu, features, 0));
    check_result("user space's sub-leaf", (struct cpuid_result){31, 32, 33, 34},
                 cpuid_once(vcpu, reason, subject.io));
    check_unknown("a sub-leaf beside it", vcpu, reason, subject.cpuid);
    check_unknown("a leaf beside it", vcpu, EXIT_COUNTERS_LEAF_SIGNATURE, 0);
    vm_destroy(&vm);

    check_one_entry(EXIT_COUNTERS_LEAF_SIGNATURE, true);
    check_one_entry(EXIT_COUNTERS_LEAF_LATCH, true);
    check_one_entry(unknown_leaf, false);
}
