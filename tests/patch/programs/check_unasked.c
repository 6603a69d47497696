/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * Checks KVM with exit_counters_unasked=N, in TAP: a VM whose VMM says nothing is answered nothing, whatever
 * else KVM does for it; a VM whose VMM asks is. Arguments as check_leaves.
 */
#include "../checks/checks.h"
#include "../checks/groups.h"

int main(int argc, char** argv) {
    struct vm vm;

    read_subject(argc, argv);
    vm_create(&vm);
    check_as_unpatched("nobody asked", &vm.vcpu[0]);
    vm_destroy(&vm);
    check_consent();
    return end_checks();
}
