// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Calls to the hypervisor. KVM rewrites the other instruction set's one in the guest's code, so each is only
// to be executed under its own.

#include <cstdint>

namespace exitscope::arch {

/// Exits: always under VMX. Answers -1000 (KVM_ENOSYS) for a number that KVM does not know.
/// Source: Linux, Documentation/virt/kvm/x86/hypercalls.rst.
inline std::uint64_t vmcall(std::uint64_t number) {
    asm volatile("vmcall" : "+a"(number) : : "memory");
    return number;
}

/// Exits: always under SVM, where KVM intercepts it. Answers as `vmcall`.
inline std::uint64_t vmmcall(std::uint64_t number) {
    asm volatile("vmmcall" : "+a"(number) : : "memory");
    return number;
}

}  // namespace exitscope::arch
