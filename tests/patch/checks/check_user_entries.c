/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/* What user space itself set with KVM_SET_CPUID2 for one of our leaves wins. */
#include "../../../abi/exit_counters.h"
#include "groups.h"
#include "window.h"

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
    check_result("a sub-leaf beside it", (struct cpuid_result){.eax = 3},
                 cpuid_once(vcpu, reason, subject.cpuid));
    check("a leaf beside it", EXIT_COUNTERS_SIGNATURE_EBX,
          cpuid_once(vcpu, EXIT_COUNTERS_LEAF_SIGNATURE, 0).ebx);
    vm_destroy(&vm);
}
