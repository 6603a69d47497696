// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "text.h"

#include <algorithm>
#include <array>
#include <cinttypes>

#include "reason_name.h"

namespace exitscope::exitstat {

namespace {

const char* whose(const Snapshot& snapshot) {
    if (!snapshot.source.can_latch())
        return "every VM of this host";
    return snapshot.scope == Scope::vcpu ? "this vCPU" : "all vCPUs";
}

void print_head(std::FILE* out, const Snapshot& snapshot) {
    const auto& source = snapshot.source;
    std::fprintf(out, "Exits of %s%s (%s, counters: %.*s", whose(snapshot),
                 snapshot.since_creation ? " so far" : "",
                 source.isa == model::InstructionSet::svm ? "SVM" : "VMX",
                 static_cast<int>(source.name.size()), source.name.data());
    if (source.paging != model::Paging::unknown)
        std::fprintf(out, ", %s paging", name_of(source.paging).data());
    std::fputs(")\n\n", out);
}

double share(std::uint64_t part, std::uint64_t whole) {
    return whole != 0 ? 100.0 * static_cast<double>(part) / static_cast<double>(whole) : 0.0;
}

}  // namespace

void print_text(std::FILE* out, const Snapshot& snapshot, bool all) {
    if (snapshot.source.outside) {
        std::fputs("marked; what was counted is known in the host\n", out);
        return;
    }
    const auto& exits = snapshot.exits;
    const auto reasons = model::reasons_of(exits.isa).size();
    std::array<std::size_t, model::reason_capacity> order{};
    std::size_t shown = 0;
    for (std::size_t index = 0; index < reasons; ++index) {
        if (all || exits.by_index[index] != 0)
            order[shown++] = index;
    }
    std::sort(order.begin(), order.begin() + shown, [&exits](std::size_t one, std::size_t other) {
        return exits.by_index[one] != exits.by_index[other] ? exits.by_index[one] > exits.by_index[other]
                                                            : one < other;
    });
    const bool cycles = snapshot.cycles.sum() != 0;
    print_head(out, snapshot);
    std::fprintf(out, "%-24s %6s %12s %8s", "VM-EXIT", "reason", "samples", "samples%");
    std::fprintf(out, cycles ? " %16s %10s\n" : "\n", "cycles", "per exit");
    for (std::size_t i = 0; i < shown; ++i) {
        const auto index = order[i];
        const auto count = exits.by_index[index];
        std::fprintf(out, "%-24s %6s %12" PRIu64 " %7.2f%%", name_of_reason(exits.isa, index).data(),
                     key_of_reason(exits.isa, index).data(), count, share(count, exits.total));
        if (cycles)
            std::fprintf(out, " %16" PRIu64 " %10" PRIu64, snapshot.cycles.by_index[index],
                         count != 0 ? snapshot.cycles.by_index[index] / count : 0);
        std::fputc('\n', out);
    }
    std::fprintf(out, "%-24s %6s %12" PRIu64 "\n", "total", "", exits.total);
}

}  // namespace exitscope::exitstat
