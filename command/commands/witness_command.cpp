// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <memory>

#include "commands/commands.h"
#include "compare/witness.h"
#include "text/file.h"

namespace exitscope::command::commands {

namespace {

struct WitnessOptions {
    std::string result;
    std::string tracepoint;
};

int run(const WitnessOptions& options) {
    const auto result = result::read_result(text::read_file(options.result), options.result);
    const auto tracepoint =
        evidence::read_tracepoint(text::read_file(options.tracepoint), options.tracepoint);
    try {
        const auto testimonies = compare::compare(result, tracepoint);
        fmt::print("{}: {}", result.setting, compare::witness_text(result.isa(), testimonies));
        return evidence::exit_code_of(compare::all_agree(testimonies) ? model::Verdict::pass
                                                                      : model::Verdict::fail);
    } catch (const text::InputError& problem) {
        throw text::InputError(
            fmt::format("{} with {}: {}", options.result, options.tracepoint, problem.what()));
    }
}

}  // namespace

void add_witness_command(usage::CommandLine& line) {
    auto options = std::make_shared<WitnessOptions>();
    const auto command = line.add("witness", "Compare a result with the host's kvm_exit tracepoint");
    command.option("RESULT", options->result, "A result file").required();
    command.option("KVM_EXIT", options->tracepoint, "Counts of the tracepoint by reason (kvm_exit.json)")
        .required();
    command.footer(
        "Compares, by reason, the last reading and the exits known to follow it with the tracepoint.\n"
        "Noise may be more in the tracepoint, never less.\n"
        "Exit codes: 0 agreement, 1 difference, 2 usage, unreadable files, or nothing to compare.");
    command.action([options] { return run(*options); });
}

}  // namespace exitscope::command::commands
