// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "json.h"

#include <cinttypes>
#include <string_view>

#include "reason_name.h"

namespace exitscope::exitstat {

namespace {

void print_member(std::FILE* out, const char* name, std::string_view value) {
    std::fprintf(out, ",\"%s\":\"%.*s\"", name, static_cast<int>(value.size()), value.data());
}

}  // namespace

void print_json(std::FILE* out, const Snapshot& snapshot, const char* name, bool all) {
    const auto& exits = snapshot.exits;
    const bool cycles = snapshot.cycles.sum() != 0;
    std::fputs("{\"exitstat\":1", out);
    if (name != nullptr)
        print_member(out, "name", name);
    print_member(out, "counters", snapshot.source.name);
    if (snapshot.source.outside) {
        std::fprintf(out, ",\"scope\":\"vcpu\",\"since_creation\":%s}\n",
                     snapshot.since_creation ? "true" : "false");
        return;
    }
    print_member(out, "isa", name_of(exits.isa));
    print_member(out, "paging", name_of(snapshot.source.paging));
    print_member(out, "scope", snapshot.scope == Scope::vcpu ? "vcpu" : "vm");
    std::fprintf(out, ",\"since_creation\":%s,\"total\":%" PRIu64 ",\"reasons\":[",
                 snapshot.since_creation ? "true" : "false", exits.total);
    const char* separator = "";
    for (std::size_t index = 0; index < model::reasons_of(exits.isa).size(); ++index) {
        if (!all && exits.by_index[index] == 0)
            continue;
        std::fprintf(out, "%s{\"reason\":\"%s\",\"name\":\"%s\",\"exits\":%" PRIu64, separator,
                     key_of_reason(exits.isa, index).data(), name_of_reason(exits.isa, index).data(),
                     exits.by_index[index]);
        if (cycles)
            std::fprintf(out, ",\"cycles\":%" PRIu64, snapshot.cycles.by_index[index]);
        std::fputc('}', out);
        separator = ",";
    }
    std::fputs("]}\n", out);
}

}  // namespace exitscope::exitstat
