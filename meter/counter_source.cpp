// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "meter/counter_source.h"

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

CounterSource find_by_behaviour(model::CpuidFunction cpuid) {
    CounterSource source;
    source.coursework = model::find_coursework_counters(cpuid);
    if (!source.coursework.found())
        return source;
    source.name = source.coursework.name;
    source.total_leaf = source.coursework.total_leaf;
    source.reason_leaf = source.coursework.reason_leaf;
    source.isa = source.coursework.isa;
    source.width = model::CounterWidth::bits_32;
    return source;
}

}  // namespace

CounterSource find_counters(model::CpuidFunction cpuid) {
    const CounterSource source = find_by_signature(cpuid);
    return source.found() ? source : find_by_behaviour(cpuid);
}

std::uint64_t epoch_of(const CounterSource& source, model::CpuidFunction cpuid) {
    if (!source.has(EXIT_COUNTERS_FEATURE_BASIS))
        return 0;
    const auto basis = cpuid(EXIT_COUNTERS_LEAF_BASIS, 0);
    return model::join(basis.edx, basis.ecx);
}

}  // namespace exitscope::meter
