// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "json.h"

#include <cinttypes>
#include <string_view>

#include "line.h"
#include "model/crc32.h"
#include "reason_name.h"

namespace exitscope::exitstat {

namespace {

void add_member(OutputLine& line, const char* name, std::string_view value) {
    line.add(",\"%s\":\"%.*s\"", name, static_cast<int>(value.size()), value.data());
}

void add_counts(OutputLine& line, const Snapshot& snapshot, bool all) {
    const auto& exits = snapshot.exits;
    const bool cycles = snapshot.cycles.sum() != 0;
    line.add(",\"total\":%" PRIu64 ",\"reasons\":[", exits.total);
    const char* separator = "";
    for (std::size_t index = 0; index < model::reasons_of(exits.isa).size(); ++index) {
        if (!all && exits.by_index[index] == 0)
            continue;
        line.add("%s{\"reason\":\"%s\",\"name\":\"%s\",\"exits\":%" PRIu64, separator,
                 key_of_reason(exits.isa, index).data(), name_of_reason(exits.isa, index).data(),
                 exits.by_index[index]);
        if (cycles)
            line.add(",\"cycles\":%" PRIu64, snapshot.cycles.by_index[index]);
        line.add("}");
        separator = ",";
    }
    line.add("]");
}

}  // namespace

void print_json(std::FILE* out, const Snapshot& snapshot, const LineLabel& label, bool all) {
    static OutputLine line;  // not on the stack, where it would touch new pages
    line.clear();
    line.add("{\"exitstat\":2");
    if (label.number != 0)
        line.add(",\"number\":%" PRIu64, label.number);
    if (label.name != nullptr)
        add_member(line, "name", label.name);
    add_member(line, "counters", snapshot.source.name);
    if (!snapshot.source.outside) {
        add_member(line, "isa", name_of(snapshot.exits.isa));
        add_member(line, "paging", name_of(snapshot.source.paging));
    }
    add_member(line, "scope", snapshot.scope == Scope::vcpu ? "vcpu" : "vm");
    line.add(",\"since_creation\":%s", snapshot.since_creation ? "true" : "false");
    if (!snapshot.source.outside)
        add_counts(line, snapshot, all);
    line.add(",\"crc\":\"%08" PRIx32 "\"}\n", model::crc32(line.view()));
    std::fwrite(line.view().data(), 1, line.view().size(), out);
}

}  // namespace exitscope::exitstat
