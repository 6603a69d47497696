// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <gtest/gtest.h>

#include <cstdlib>
#include <string>

#include "json.h"
#include "text.h"

namespace exitscope::exitstat {
namespace {

Snapshot snapshot_of(model::InstructionSet isa) {
    Snapshot snapshot;
    snapshot.source.name = "exitscope";
    snapshot.source.abi_version = 1;
    snapshot.source.isa = isa;
    snapshot.source.paging = model::Paging::shadow;
    snapshot.exits.isa = isa;
    snapshot.cycles.isa = isa;
    return snapshot;
}

void add(Snapshot& snapshot, model::ReasonNumber reason, std::uint64_t exits, std::uint64_t cycles) {
    const auto index = *model::index_of(snapshot.exits.isa, reason);
    snapshot.exits.by_index[index] = exits;
    snapshot.exits.total += exits;
    snapshot.cycles.by_index[index] = cycles;
}

template <typename Print>
std::string printed(Print print) {
    char* text = nullptr;
    std::size_t size = 0;
    std::FILE* const stream = open_memstream(&text, &size);
    print(stream);
    std::fclose(stream);
    std::string result{text, size};
    std::free(text);
    return result;
}

std::string text_of(const Snapshot& snapshot, bool all = false) {
    return printed([&](std::FILE* out) { print_text(out, snapshot, all); });
}

std::string json_of(const Snapshot& snapshot, const LineLabel& label = {}, bool all = false) {
    return printed([&](std::FILE* out) { print_json(out, snapshot, label, all); });
}

TEST(Text, IsSortedByExits) {
    auto snapshot = snapshot_of(model::InstructionSet::vmx);
    add(snapshot, 10, 100, 200'000);
    add(snapshot, 0, 300, 300'000);
    EXPECT_EQ(text_of(snapshot),
              "Exits of this vCPU so far (VMX, counters: exitscope, shadow paging)\n"
              "\n"
              "VM-EXIT                  reason      samples samples%           cycles   per exit\n"
              "EXCEPTION_NMI                 0          300   75.00%           300000       1000\n"
              "CPUID                        10          100   25.00%           200000       2000\n"
              "total                                    400\n");
}

TEST(Text, SaysWhoseExitsTheyAre) {
    auto snapshot = snapshot_of(model::InstructionSet::svm);
    snapshot.since_creation = false;
    snapshot.scope = Scope::vm;
    EXPECT_EQ(text_of(snapshot),
              "Exits of all vCPUs (SVM, counters: exitscope, shadow paging)\n"
              "\n"
              "VM-EXIT                  reason      samples samples%\n"
              "total                                      0\n");
    snapshot.source.abi_version = 0;
    snapshot.source.name = "layout-b";
    snapshot.source.paging = model::Paging::unknown;
    EXPECT_EQ(text_of(snapshot).substr(0, 56), "Exits of every VM of this host (SVM, counters: layout-b)");
}

TEST(Text, HasEveryReasonWithAll) {
    const auto text = text_of(snapshot_of(model::InstructionSet::svm), true);
    EXPECT_EQ(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')),
              model::svm_reasons.size() + 4);
    EXPECT_NE(text.find("NPF                       0x400            0"), std::string::npos) << text;
}

TEST(JsonLine, IsWholeToTheLargestNumber) {
    auto snapshot = snapshot_of(model::InstructionSet::svm);
    snapshot.source.paging = model::Paging::two_dimensional;
    add(snapshot, 0x400, UINT64_MAX, 7);
    EXPECT_EQ(
        json_of(snapshot, {"touch 16 MiB", 3}),
        R"({"exitstat":2,"number":3,"name":"touch 16 MiB","counters":"exitscope","isa":"svm",)"
        R"("paging":"two-dimensional","scope":"vcpu","since_creation":true,"total":18446744073709551615,)"
        R"("reasons":[{"reason":"0x400","name":"NPF","exits":18446744073709551615,"cycles":7}],"crc":"7d24a012"})"
        "\n");
}

TEST(JsonLine, MayBeOfNothing) {
    auto snapshot = snapshot_of(model::InstructionSet::vmx);
    snapshot.scope = Scope::vm;
    snapshot.since_creation = false;
    EXPECT_EQ(json_of(snapshot),
              R"({"exitstat":2,"counters":"exitscope","isa":"vmx","paging":"shadow",)"
              R"("scope":"vm","since_creation":false,"total":0,"reasons":[],"crc":"4386fccd"})"
              "\n");
}

TEST(JsonLine, HasRoomForEveryReasonAtItsLargest) {
    for (const auto isa : {model::InstructionSet::vmx, model::InstructionSet::svm}) {
        auto snapshot = snapshot_of(isa);
        for (std::size_t index = 0; index < model::reasons_of(isa).size(); ++index) {
            snapshot.exits.by_index[index] = UINT64_MAX;
            snapshot.cycles.by_index[index] = UINT64_MAX;
        }
        const auto line = json_of(snapshot, {std::string(1000, 'n').c_str(), UINT64_MAX});
        EXPECT_TRUE(line.ends_with("\"}\n")) << line.size();
    }
}

TEST(JsonLine, OfAMarkHasNoCounts) {
    Snapshot snapshot;
    snapshot.source = meter::outside_counters(model::InstructionSet::unknown, model::Paging::unknown);
    EXPECT_EQ(
        json_of(snapshot, {"boot"}),
        R"({"exitstat":2,"name":"boot","counters":"trace","scope":"vcpu","since_creation":true,"crc":"a7c5b76f"})"
        "\n");
    snapshot.since_creation = false;
    EXPECT_EQ(json_of(snapshot),
              R"({"exitstat":2,"counters":"trace","scope":"vcpu","since_creation":false,"crc":"606cc31f"})"
              "\n");
    EXPECT_EQ(text_of(snapshot), "marked; what was counted is known in the host\n");
}

}  // namespace
}  // namespace exitscope::exitstat
