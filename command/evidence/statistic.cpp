// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "evidence/statistic.h"

#include <fmt/core.h>

#include "text/json_value.h"
#include "text/number.h"

namespace exitscope::command::evidence {

namespace {

// The buckets, as kvm-patch/upstream's hw-exits.rst has them.
constexpr std::size_t first_npf = 0x100;       // SVM exit codes from 0x400 on
constexpr std::size_t first_negative = 0x110;  // SVM exit codes from -1 down
constexpr std::size_t others = 0x120;
constexpr std::size_t buckets = others + 1;

constexpr model::ReasonNumber npf = 0x400;
constexpr model::ReasonNumber invalid = 0xffff;

std::optional<model::ReasonNumber> reason_of(model::InstructionSet isa, std::size_t bucket) {
    auto number = bucket;
    if (bucket >= first_npf) {
        if (isa != model::InstructionSet::svm)
            return std::nullopt;
        number = bucket < first_negative ? npf + (bucket - first_npf) : invalid - (bucket - first_negative);
    }
    const auto reason = static_cast<model::ReasonNumber>(number);
    return model::index_of(isa, reason) ? std::optional{reason} : std::nullopt;
}

void add_bucket(Witness& statistic, std::size_t bucket, const text::JsonValue& value) {
    const auto exits = value.number();
    if (exits == 0)
        return;
    if (bucket == others)
        value.fail(fmt::format("{} exits of reasons without a bucket of their own", exits));
    const auto reason = reason_of(statistic.isa, bucket);
    if (!reason)
        value.fail(fmt::format("{} exits in bucket {:#x}, for which the manual defines no exit reason of {}",
                               exits, bucket, name_of(statistic.isa)));
    const auto sum = text::add(count_of(statistic.counts, *reason), exits);
    if (!sum)
        value.fail("more exits than 64 bits hold");
    statistic.counts[*reason] = *sum;
}

/// QEMU (7.2 to 11.1) returns the last bucket of a histogram first (docs/emulators.md). Every guest of ours
/// executes CPUID, and the bucket that mirrors CPUID's stands for no reason, so the order can be seen.
bool last_comes_first(model::InstructionSet isa, const std::vector<text::JsonValue>& exits) {
    const auto cpuid = model::cpuid_reason(isa);
    return exits[cpuid].number() == 0 && exits[others - cpuid].number() != 0;
}

/// Returns whether that vCPU had the statistic.
bool add_vcpu(Witness& statistic, const text::JsonValue& vcpu) {
    for (const auto& each : vcpu.at("stats").elements()) {
        if (each.at("name").text() != "hw_exits")
            continue;
        const auto value = each.at("value");
        const auto elements = value.elements();
        if (elements.size() != buckets)
            value.fail(fmt::format("{} buckets expected, found {}; another version of the statistic", buckets,
                                   elements.size()));
        const bool mirrored = last_comes_first(statistic.isa, elements);
        for (std::size_t bucket = 0; bucket < buckets; ++bucket)
            add_bucket(statistic, bucket, elements[mirrored ? others - bucket : bucket]);
        return true;
    }
    return false;
}

}  // namespace

Witness read_statistic(std::string_view text, std::string_view source, model::InstructionSet isa) {
    const text::JsonDocument document{text, source};
    Witness statistic{"the statistic hw_exits", isa, {}};
    const auto vcpus = document.root().at("return");
    bool found = false;
    for (const auto& vcpu : vcpus.elements()) {
        if (!add_vcpu(statistic, vcpu))
            vcpu.fail("no statistic hw_exits; a KVM has it with the series kvm-patch/upstream");
        found = true;
    }
    if (!found)
        vcpus.fail("no vCPU in it");
    return statistic;
}

}  // namespace exitscope::command::evidence
