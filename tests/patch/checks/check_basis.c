/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/* What the numbers rest on: the unit of the cycles, and an epoch that is each VM's own. */
#include <linux/kvm.h>
#include <sys/ioctl.h>

#include "../../../abi/exit_counters.h"
#include "checks.h"
#include "groups.h"

static struct cpuid_result basis_of(struct vcpu* vcpu) {
    return cpuid_once(vcpu, EXIT_COUNTERS_LEAF_BASIS, 77);
}

void check_basis(void) {
    struct cpuid_result basis, others;
    struct vm vm, other;

    vm_create(&vm);
    vm_create(&other);
    vcpu_create(&vm, 1);
    basis = basis_of(&vm.vcpu[0]);
    check("the unit of the cycles is the host's TSC", subject.cycles ? subject.tsc_khz : 0, basis.eax);
    check("ebx is left for later", 0, basis.ebx);
    check("there is an epoch", 1, (basis.ecx | basis.edx) != 0);
    check_result("it is the VM's", basis, basis_of(&vm.vcpu[1]));
    if (ioctl(vm.vcpu[1].fd, KVM_SET_TSC_KHZ, subject.tsc_khz / 2) == 0)
        check_result("the guest's own TSC changes nothing", basis, basis_of(&vm.vcpu[1]));
    check_result("it stays", basis, basis_of(&vm.vcpu[0]));
    others = basis_of(&other.vcpu[0]);
    check("another VM has another", 1, others.ecx != basis.ecx || others.edx != basis.edx);
    vm_destroy(&vm);
    vm_destroy(&other);
}
