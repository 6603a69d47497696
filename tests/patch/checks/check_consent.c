/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * The VMM's consent: KVM_CAP_X86_EXIT_COUNTERS gives a VM at most what the parameter permits, before its
 * first vCPU. What a VM gets whose VMM says nothing is what all other checks see.
 */
#include <errno.h>
#include <stdbool.h>
#include <sys/ioctl.h>

#include "../../../abi/exit_counters.h"
#include "checks.h"
#include "groups.h"

/* Returns 0, or errno. */
static uint64_t enable(const struct vm* vm, struct kvm_enable_cap cap) {
    cap.cap = KVM_CAP_X86_EXIT_COUNTERS;
    return ioctl(vm->fd, KVM_ENABLE_CAP, &cap) == 0 ? 0 : errno;
}

static uint64_t enable_mode(const struct vm* vm, uint64_t mode) {
    return enable(vm, (struct kvm_enable_cap){.args = {mode}});
}

static bool answered(struct vcpu* vcpu, int cpl) {
    vcpu_set_cpl(vcpu, cpl);
    return cpuid_once(vcpu, EXIT_COUNTERS_LEAF_SIGNATURE, 0).ebx == EXIT_COUNTERS_SIGNATURE_EBX;
}

static void check_answers(const char* fact, struct vm* vm, uint64_t mode) {
    vcpu_create(vm, 0);
    check(fact, mode >= 1, answered(&vm->vcpu[0], 0));
    check(fact, mode >= 2, answered(&vm->vcpu[0], 3));
    check("with a vCPU it is too late to ask", EINVAL, enable_mode(vm, 0));
    check("nothing has changed by that", mode >= 1, answered(&vm->vcpu[0], 0));
    vm_destroy(vm);
}

static void check_mode(uint64_t mode) {
    struct vm vm;

    vm_create_empty(&vm);
    if (mode > (uint64_t)subject.exit_counters) {
        check("more than the parameter permits is refused", EINVAL, enable_mode(&vm, mode));
        vm_destroy(&vm);
        return;
    }
    check("what the parameter permits is granted", 0, enable_mode(&vm, mode));
    check_answers("the guest reads what its VMM enabled", &vm, mode);
}

static void check_arguments(void) {
    struct vm vm;

    vm_create_empty(&vm);
    check("flags are refused", EINVAL, enable(&vm, (struct kvm_enable_cap){.flags = 1}));
    for (int i = 1; i < 4; i++) {
        struct kvm_enable_cap cap = {};

        cap.args[i] = 1;
        check("so are more arguments", EINVAL, enable(&vm, cap));
    }
    check("and a mode that does not fit 32 bits", EINVAL, enable_mode(&vm, 1ull << 32));
    check("a VMM may change its mind: off", 0, enable_mode(&vm, 0));
    check("and on", 0, enable_mode(&vm, subject.exit_counters));
    check_answers("the last word counts", &vm, subject.exit_counters);
}

void check_consent(void) {
    struct vm vm;

    vm_create_empty(&vm);
    check("KVM says what is permitted", subject.exit_counters,
          ioctl(vm.fd, KVM_CHECK_EXTENSION, KVM_CAP_X86_EXIT_COUNTERS));
    vm_destroy(&vm);
    for (uint64_t mode = 0; mode <= 3; mode++)
        check_mode(mode);
    check_arguments();
}
