// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/core.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>

#include "commands/commands.h"
#include "evidence/problem.h"

namespace exitscope::command::commands {

std::unique_ptr<usage::CommandLine> make_command_line() {
    auto line = std::make_unique<usage::CommandLine>(
        "exitscope",
        "Exact VM exit counts: runs the guest kernel, judges what it reports, shows and compares it.",
        "Exit codes: 0 PASS or equal, 1 FAIL or different, 2 ERROR (usage and unreadable files too),\n"
        "3 CRASH, 77 SKIP. `exitscope COMMAND --help` says more.");
    line->heading("Commands");
    add_doctor_command(*line);
    add_run_command(*line);
    add_linux_command(*line);
    add_lab_command(*line);
    add_show_command(*line);
    add_compare_command(*line);
    add_gate_command(*line);
    add_bisect_command(*line);
    add_sweep_command(*line);
    add_report_command(*line);
    line->heading("Commands for scripts");
    add_load_kvm_command(*line);
    add_result_command(*line);
    add_prices_command(*line);
    return line;
}

namespace {

/// A table that did not come out whole is no success. Who reads no further has seen what they wanted.
int exit_code_of_output(int code) {
    errno = 0;
    if ((std::fflush(stdout) == 0 && std::ferror(stdout) == 0) || errno == EPIPE)
        return code;
    fmt::print(stderr, "exitscope: standard output cannot be written: {}; check that the disk has room\n",
               errno == 0 ? "unknown cause" : std::strerror(errno));
    return code == 0 ? evidence::exit_code_of(model::Verdict::error) : code;
}

}  // namespace

int run_command_line(int argc, const char* const* argv) {
    try {
        return exit_code_of_output(make_command_line()->run(argc, argv));
    } catch (const std::exception& problem) {
        fmt::print(stderr, "exitscope: {}\n", problem.what());
        return evidence::exit_code_of(model::Verdict::error);
    }
}

}  // namespace exitscope::command::commands
