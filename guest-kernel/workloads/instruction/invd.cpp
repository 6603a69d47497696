// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// INVD, which KVM executes as nothing. QEMU's TCG reports it as WBINVD on SVM (disas_insn() in
// target/i386/tcg/translate.c), so the run finds out beforehand which of the two the CPU reports.

#include "arch/instructions.h"
#include "workloads/workload.h"

namespace exitscope::workloads {

namespace {

void step(std::uint64_t) {
    arch::invd();
}

constexpr Price price(const Subject& subject) {
    const auto svm = subject.invd_is_wbinvd ? SvmExitReason::wbinvd : SvmExitReason::invd;
    return {.each = {{subject.reason(VmxExitReason::invd, svm)}}};
}

constexpr Workload invd = checked({
    .name = "invd",
    .summary = "INVD",
    .why = "INVD exits unconditionally on VMX, and KVM always intercepts it on SVM",
    .source = "Intel SDM Vol. 3C, Instructions That Cause VM Exits Unconditionally; Linux x86.c, "
              "kvm_emulate_invd()",
    .group = Group::instruction,
    .step = step,
    .price = price,
});

REGISTER_WORKLOAD(invd);

}  // namespace

}  // namespace exitscope::workloads
