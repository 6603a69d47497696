// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// XSETBV of XCR0, the value that it has.

#include "arch/control_register.h"
#include "arch/instructions.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

std::uint64_t xcr0 = 0;

// QEMU's TCG has no XSETBV intercept (disas_insn() in target/i386/tcg/translate.c).
std::string_view skip_reason(const Subject& subject) {
    if (!subject.cpu.has(CpuFeature::xsave))
        return "the CPU has no XSAVE (CPUID.1:ECX bit 26)";
    return subject.invd_is_wbinvd ? "QEMU's TCG does not intercept XSETBV" : "";
}

std::string_view prepare(std::uint64_t) {
    arch::write_cr4(kernel_cr4 | arch::cr4_osxsave);
    xcr0 = arch::xgetbv(0);
    return {};
}

void step(std::uint64_t) {
    arch::xsetbv(0, xcr0);
}

void finish() {
    arch::write_cr4(kernel_cr4);
}

constexpr Price price(const Subject& subject) {
    return {.each = {{subject.reason(VmxExitReason::xsetbv, SvmExitReason::xsetbv)}}};
}

constexpr Workload xsetbv = checked({
    .name = "xsetbv",
    .summary = "XSETBV of XCR0, the same value",
    .why = "XSETBV exits unconditionally on VMX, and KVM always intercepts it on SVM",
    .source = "Intel SDM Vol. 3C, Instructions That Cause VM Exits Unconditionally; Linux x86.c, "
              "kvm_emulate_xsetbv(); svm/svm.c, init_vmcb()",
    .group = Group::instruction,
    .skip_reason = skip_reason,
    .prepare = prepare,
    .step = step,
    .finish = finish,
    .price = price,
});

REGISTER_WORKLOAD(xsetbv);

}  // namespace

}  // namespace exitscope::workloads
