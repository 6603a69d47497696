// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "evidence/statistic.h"

#include <fmt/core.h>

#include "model/exit_bucket.h"
#include "text/json_value.h"
#include "text/number.h"

namespace exitscope::command::evidence {

namespace {

void add_bucket(Witness& statistic, std::size_t bucket, const text::JsonValue& value) {
    const auto exits = value.number();
    if (exits == 0)
        return;
    if (bucket == EXIT_BUCKET_OTHERS)
        value.fail(fmt::format("{} exits of reasons without a bucket of their own", exits));
    const auto reason = model::reason_of_bucket(statistic.isa, bucket);
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
    return exits[cpuid].number() == 0 && exits[EXIT_BUCKET_OTHERS - cpuid].number() != 0;
}

/// Returns whether that vCPU had the statistic.
bool add_vcpu(Witness& statistic, const text::JsonValue& vcpu) {
    for (const auto& each : vcpu.at("stats").elements()) {
        if (each.at("name").text() != "hw_exits")
            continue;
        const auto value = each.at("value");
        const auto elements = value.elements();
        if (elements.size() != EXIT_BUCKETS)
            value.fail(fmt::format("{} buckets expected, found {}; another version of the statistic",
                                   EXIT_BUCKETS, elements.size()));
        const bool mirrored = last_comes_first(statistic.isa, elements);
        for (std::size_t bucket = 0; bucket < EXIT_BUCKETS; ++bucket)
            add_bucket(statistic, bucket, elements[mirrored ? EXIT_BUCKET_OTHERS - bucket : bucket]);
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
