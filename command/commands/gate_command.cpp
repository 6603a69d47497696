// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/core.h>

#include <memory>

#include "commands/commands.h"
#include "compare/gate.h"
#include "text/file.h"

namespace exitscope::command::commands {

namespace {

struct GateOptions {
    std::string baseline;
    std::string result;
};

int run(const GateOptions& options) {
    const auto findings =
        compare::gate(result::read_result(text::read_file(options.baseline), options.baseline),
                      result::read_result(text::read_file(options.result), options.result));
    for (const auto& note : findings.notes)
        fmt::print("note: {}\n", note);
    for (const auto& change : findings.changes)
        fmt::print("changed: {}\n", change);
    if (findings.changes.empty())
        fmt::print("equal: {} workloads have the baseline's exact counts\n", findings.compared);
    return evidence::exit_code_of(findings.changes.empty() ? model::Verdict::pass : model::Verdict::fail);
}

}  // namespace

void add_gate_command(usage::CommandLine& line) {
    auto options = std::make_shared<GateOptions>();
    const auto command =
        line.add("gate", "Fail if any exact count is not what it was: for continuous integration");
    command.option("--baseline", options->baseline, "The result file that says what is right").required();
    command.option("RESULT", options->result, "The result file of the same setting to judge").required();
    command.footer(
        "Prints a line a change: the workload, the reason, what was expected and what was found. Noise and\n"
        "cycles do not count. A new workload is told, and so is another kernel; neither fails.\n"
        "Exit codes: 0 equal, 1 changed, 2 usage, unreadable files, another setting.");
    command.action([options] { return run(*options); });
}

}  // namespace exitscope::command::commands
