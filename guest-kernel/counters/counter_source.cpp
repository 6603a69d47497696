// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "counters/counter_source.h"

#include <array>

#include "exit_counters.h"

namespace exitscope {

namespace {

constexpr std::uint32_t undefined_reason = 0xffff'ffff;

constexpr std::array<CourseworkLayout, 3> coursework_layouts{{
    {"layout-a", 0x4fff'ffff, 0x4fff'fffe, std::nullopt},
    {"layout-b", 0x4fff'ffff, 0x4fff'fffd, 0x4fff'fffc},
    {"layout-c", 0x4fff'fffc, 0x4fff'fffe, 0x4fff'ffff},
}};

constexpr std::uint32_t required_features = EXIT_COUNTERS_FEATURE_LATCH | EXIT_COUNTERS_FEATURE_VCPU_SCOPE;

constexpr InstructionSet isa_of(std::uint32_t features_ecx) {
    switch (features_ecx & EXIT_COUNTERS_ISA_MASK) {
        case EXIT_COUNTERS_ISA_VMX:
            return InstructionSet::vmx;
        case EXIT_COUNTERS_ISA_SVM:
            return InstructionSet::svm;
        default:
            return InstructionSet::unknown;
    }
}

constexpr Paging paging_of(std::uint32_t features_ecx) {
    switch ((features_ecx >> EXIT_COUNTERS_PAGING_SHIFT) & EXIT_COUNTERS_PAGING_MASK) {
        case EXIT_COUNTERS_PAGING_SHADOW:
            return Paging::shadow;
        case EXIT_COUNTERS_PAGING_TWO_DIMENSIONAL:
            return Paging::two_dimensional;
        default:
            return Paging::unknown;
    }
}

CounterSource find_by_signature(CpuidFunction cpuid) {
    const auto signature = cpuid(EXIT_COUNTERS_LEAF_SIGNATURE, 0);
    if (signature != CpuidResult{EXIT_COUNTERS_LEAF_TOTAL, EXIT_COUNTERS_SIGNATURE_EBX,
                                 EXIT_COUNTERS_SIGNATURE_ECX, EXIT_COUNTERS_SIGNATURE_EDX})
        return {};
    const auto answer = cpuid(EXIT_COUNTERS_LEAF_FEATURES, 0);
    if (answer.eax != EXIT_COUNTERS_ABI_VERSION || (answer.ebx & required_features) != required_features)
        return {};
    CounterSource source;
    source.name = "exitscope";
    source.total_leaf = EXIT_COUNTERS_LEAF_TOTAL;
    source.reason_leaf = EXIT_COUNTERS_LEAF_REASON;
    source.abi_version = answer.eax;
    source.features = answer.ebx;
    source.slots = answer.edx;
    source.isa = isa_of(answer.ecx);
    source.paging = paging_of(answer.ecx);
    return source;
}

/// The documented answer for a reason that the manual does not define.
bool answers_undefined(CpuidFunction cpuid, std::uint32_t leaf) {
    return cpuid(leaf, undefined_reason) == CpuidResult{0, 0, 0, EXIT_COUNTERS_UNDEFINED_EDX};
}

bool total_grows(CpuidFunction cpuid, std::uint32_t leaf) {
    const std::uint32_t first = cpuid(leaf, 0).eax;
    const std::uint32_t second = cpuid(leaf, 0).eax;
    return static_cast<std::int32_t>(second - first) > 0;
}

bool fits(CpuidFunction cpuid, const CourseworkLayout& layout) {
    return answers_undefined(cpuid, layout.reason_leaf) &&
           (!layout.reason_cycles_leaf || answers_undefined(cpuid, *layout.reason_cycles_leaf)) &&
           total_grows(cpuid, layout.total_leaf);
}

/// Two reads of the CPUID counter in a row differ by exactly the one exit in between.
bool counts_cpuid(CpuidFunction cpuid, std::uint32_t reason_leaf, std::uint32_t cpuid_reason) {
    const std::uint32_t first = cpuid(reason_leaf, cpuid_reason).eax;
    const std::uint32_t second = cpuid(reason_leaf, cpuid_reason).eax;
    const std::uint32_t third = cpuid(reason_leaf, cpuid_reason).eax;
    return second - first == 1 && third - second == 1;
}

CounterSource find_by_behaviour(CpuidFunction cpuid) {
    for (const auto& layout : coursework_layouts) {
        if (!fits(cpuid, layout))
            continue;
        CounterSource source;
        if (counts_cpuid(cpuid, layout.reason_leaf, static_cast<std::uint32_t>(VmxExitReason::cpuid)))
            source.isa = InstructionSet::vmx;
        else if (counts_cpuid(cpuid, layout.reason_leaf, static_cast<std::uint32_t>(SvmExitReason::cpuid)))
            source.isa = InstructionSet::svm;
        else
            continue;
        source.name = layout.name;
        source.total_leaf = layout.total_leaf;
        source.reason_leaf = layout.reason_leaf;
        source.width = CounterWidth::bits_32;
        return source;
    }
    return {};
}

}  // namespace

CounterSource find_counters(CpuidFunction cpuid) {
    const CounterSource source = find_by_signature(cpuid);
    return source.found() ? source : find_by_behaviour(cpuid);
}

}  // namespace exitscope
