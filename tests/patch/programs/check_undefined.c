/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * Checks exits whose reason no list defines, in TAP, from modules built with undefined.patch: it takes
 * WBINVD from the lists, as if hardware were newer than they are. (QEMU TCG reports INVD as WBINVD, so that
 * INVD would not do.) Such exits are in the total and in nothing else that a guest reads; the host sees them
 * in a line of their own. Arguments as check_leaves.
 */
#include <stdio.h>

#include "../../../abi/exit_counters.h"
#include "../checks/window.h"
#include "../guest_code.h"
#include "../guest_host_view.h"

enum { wbinvd_count = 100 };

static void check_wbinvd(struct vcpu* vcpu) {
    static struct counts before, after;
    uint64_t noise, wrong = 0;

    emit_open(vcpu);
    for (int i = 0; i < wbinvd_count; i++)
        EMIT(vcpu, 0x0f, 0x09); /* wbinvd */
    emit_close(vcpu);
    vcpu_run(vcpu);
    read_counts(vcpu, EXIT_COUNTERS_SCOPE_SLOT_0, &before);
    read_counts(vcpu, EXIT_COUNTERS_SCOPE_SLOT_1, &after);
    for (size_t i = 0; i < subject.reason_count; i++) {
        uint32_t reason = subject.reasons[i];
        uint64_t found = after.exits[i] - before.exits[i];

        if (reason == subject.noise || found == (reason == subject.cpuid))
            continue;
        printf("# reason %#x: found %llu\n", reason, (unsigned long long)found);
        wrong++;
    }
    check("an undefined reason counts under no other", 0, wrong);
    noise = exits_in(&after, subject.noise) - exits_in(&before, subject.noise);
    check("but in the total", wbinvd_count + 1 + noise, after.total - before.total);
}

int main(int argc, char** argv) {
    struct cpuid_result undefined = {.edx = EXIT_COUNTERS_UNDEFINED_EDX};
    struct vm vm;
    struct vcpu* vcpu = &vm.vcpu[0];
    uint32_t wbinvd;

    read_subject(argc, argv);
    wbinvd = subject.is_vmx ? vmx_wbinvd : svm_wbinvd;
    vm_create(&vm);
    vcpu_touch_memory(vcpu);
    check("the features count one reason less", subject.reason_count - 1,
          cpuid_once(vcpu, EXIT_COUNTERS_LEAF_FEATURES, 0).edx);
    check_wbinvd(vcpu);
    check_result("it reads as undefined", undefined, cpuid_once(vcpu, EXIT_COUNTERS_LEAF_REASON, wbinvd));
    check("the host sees it", wbinvd_count, read_host_view_line(&vm, "undefined").exits);
    vm_destroy(&vm);
    return end_checks();
}
