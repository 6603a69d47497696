// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "meter/counter_source.h"

#include <initializer_list>

#include "exit_counters.h"

namespace exitscope::meter {

namespace {

constexpr std::uint32_t required_features = EXIT_COUNTERS_FEATURE_LATCH | EXIT_COUNTERS_FEATURE_VCPU_SCOPE;

constexpr model::InstructionSet isa_of(std::uint32_t features_ecx) {
    switch (features_ecx & EXIT_COUNTERS_ISA_MASK) {
        case EXIT_COUNTERS_ISA_VMX:
            return model::InstructionSet::vmx;
        case EXIT_COUNTERS_ISA_SVM:
            return model::InstructionSet::svm;
        default:
            return model::InstructionSet::unknown;
    }
}

constexpr model::Paging paging_of(std::uint32_t features_ecx) {
    switch ((features_ecx >> EXIT_COUNTERS_PAGING_SHIFT) & EXIT_COUNTERS_PAGING_MASK) {
        case EXIT_COUNTERS_PAGING_SHADOW:
            return model::Paging::shadow;
        case EXIT_COUNTERS_PAGING_TWO_DIMENSIONAL:
            return model::Paging::two_dimensional;
        default:
            return model::Paging::unknown;
    }
}

CounterSource find_by_signature(model::CpuidFunction cpuid) {
    const auto signature = cpuid(EXIT_COUNTERS_LEAF_SIGNATURE, 0);
    if (signature != model::CpuidResult{EXIT_COUNTERS_LEAF_TOTAL, EXIT_COUNTERS_SIGNATURE_EBX,
                                        EXIT_COUNTERS_SIGNATURE_ECX, EXIT_COUNTERS_SIGNATURE_EDX})
        return {};
    const auto features = cpuid(EXIT_COUNTERS_LEAF_FEATURES, 0);
    if (features.eax != EXIT_COUNTERS_ABI_VERSION || (features.ebx & required_features) != required_features)
        return {};
    CounterSource source;
    source.name = "exitscope";
    source.total_leaf = EXIT_COUNTERS_LEAF_TOTAL;
    source.reason_leaf = EXIT_COUNTERS_LEAF_REASON;
    source.abi_version = features.eax;
    source.features = features.ebx;
    source.reasons = features.edx;
    source.isa = isa_of(features.ecx);
    source.paging = paging_of(features.ecx);
    return source;
}

/// Whether a leaf returns what course patches document for a reason that the manual does not define.
bool returns_undefined(model::CpuidFunction cpuid, std::uint32_t leaf, std::uint32_t reason) {
    return cpuid(leaf, reason) == model::CpuidResult{0, 0, 0, EXIT_COUNTERS_UNDEFINED_EDX};
}

bool total_grows(model::CpuidFunction cpuid, std::uint32_t leaf) {
    const std::uint32_t first = cpuid(leaf, 0).eax;
    const std::uint32_t second = cpuid(leaf, 0).eax;
    return static_cast<std::int32_t>(second - first) > 0;
}

bool fits(model::CpuidFunction cpuid, const model::CourseworkLayout& layout, std::uint32_t undefined) {
    return returns_undefined(cpuid, layout.reason_leaf, undefined) &&
           returns_undefined(cpuid, layout.reason_cycles_leaf, undefined) &&
           total_grows(cpuid, layout.total_leaf);
}

/// Two reads of the CPUID counter in a row differ by exactly the one exit in between.
bool counts_cpuid(model::CpuidFunction cpuid, std::uint32_t reason_leaf, model::ReasonNumber cpuid_reason) {
    const std::uint32_t first = cpuid(reason_leaf, cpuid_reason).eax;
    const std::uint32_t second = cpuid(reason_leaf, cpuid_reason).eax;
    const std::uint32_t third = cpuid(reason_leaf, cpuid_reason).eax;
    return second - first == 1 && third - second == 1;
}

/// The instruction set whose number of CPUID's reason counts CPUID; unknown if neither does.
model::InstructionSet isa_by_behaviour(model::CpuidFunction cpuid, std::uint32_t reason_leaf) {
    for (const auto isa : {model::InstructionSet::vmx, model::InstructionSet::svm}) {
        if (counts_cpuid(cpuid, reason_leaf, model::cpuid_reason(isa)))
            return isa;
    }
    return model::InstructionSet::unknown;
}

CounterSource find_by_behaviour(model::CpuidFunction cpuid, std::uint32_t undefined) {
    for (const auto& layout : model::coursework_layouts) {
        if (!fits(cpuid, layout, undefined))
            continue;
        CounterSource source;
        source.isa = isa_by_behaviour(cpuid, layout.reason_leaf);
        if (source.isa == model::InstructionSet::unknown)
            continue;
        source.name = layout.name;
        source.total_leaf = layout.total_leaf;
        source.reason_leaf = layout.reason_leaf;
        source.width = model::CounterWidth::bits_32;
        return source;
    }
    return {};
}

}  // namespace

CounterSource find_counters(model::CpuidFunction cpuid) {
    CounterSource source = find_by_signature(cpuid);
    for (const auto undefined : model::undefined_reasons) {
        if (source.found())
            break;
        source = find_by_behaviour(cpuid, undefined);
    }
    return source;
}

std::uint64_t epoch_of(const CounterSource& source, model::CpuidFunction cpuid) {
    if (!source.has(EXIT_COUNTERS_FEATURE_BASIS))
        return 0;
    const auto basis = cpuid(EXIT_COUNTERS_LEAF_BASIS, 0);
    return model::join(basis.edx, basis.ecx);
}

}  // namespace exitscope::meter
