// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "trace/mark_lines.h"

#include <cstdio>
#include <span>

#include "model/exit_bucket.h"

namespace exitscope::trace {

namespace {

model::InstructionSet isa_of(std::uint32_t isa) {
    switch (isa) {
        case 1:
            return model::InstructionSet::vmx;
        case 2:
            return model::InstructionSet::svm;
        default:
            return model::InstructionSet::unknown;
    }
}

std::string key_of(model::InstructionSet isa, model::ReasonNumber reason) {
    char key[16];
    std::snprintf(key, sizeof(key), isa == model::InstructionSet::svm ? "0x%x" : "%u", unsigned{reason});
    return key;
}

std::string member(const char* name, std::uint64_t value) {
    return "\"" + std::string{name} + "\":" + std::to_string(value);
}

/// Exits of which the manual defines no reason are told apart, so that none is left out.
std::string counts(model::InstructionSet isa, std::uint64_t total,
                   std::span<const __u64, EXIT_BUCKETS> exits) {
    std::string text = member("total", total) + ",\"exits\":{";
    std::uint64_t others = 0;
    const char* separator = "";
    for (std::size_t bucket = 0; bucket < EXIT_BUCKETS; ++bucket) {
        if (exits[bucket] == 0)
            continue;
        const auto reason = model::reason_of_bucket(isa, bucket);
        if (!reason) {
            others += exits[bucket];
            continue;
        }
        text += separator + member(key_of(isa, *reason).c_str(), exits[bucket]);
        separator = ",";
    }
    text += "}";
    return others == 0 ? text : text + "," + member("others", others);
}

}  // namespace

std::string line_of(const trace_mark& mark) {
    return "{" + member("mark", mark.number) + "," + member("vcpu", mark.vcpu) + "," +
           member("slot", mark.slot) + "," + counts(isa_of(mark.isa), mark.total, mark.exits) + "}\n";
}

std::string window_of(const trace_mark& begin, const trace_mark& end) {
    const auto isa = isa_of(end.isa);
    std::string text;
    for (std::size_t bucket = 0; bucket < EXIT_BUCKETS; ++bucket) {
        const auto reason = model::reason_of_bucket(isa, bucket);
        auto exits = end.exits[bucket] - begin.exits[bucket];
        if (reason == model::cpuid_reason(isa))
            --exits;
        if (reason && exits != 0)
            text += (text.empty() ? "" : ",") + key_of(isa, *reason) + ":" + std::to_string(exits);
    }
    return text + ";";
}

std::string line_of(const trace_vcpu& vcpu, std::uint32_t number) {
    return "{" + member("final", number) + "," + member("marks", vcpu.marks) + "," +
           counts(isa_of(vcpu.isa), vcpu.total, vcpu.exits) + "}\n";
}

std::string last_line(std::uint32_t isa, const trace_losses& losses) {
    return "{\"end\":true,\"isa\":\"" + std::string{name_of(isa_of(isa))} + "\"," +
           member("lost_marks", losses.marks) + "," + member("lost_exits", losses.exits) + "}\n";
}

}  // namespace exitscope::trace
