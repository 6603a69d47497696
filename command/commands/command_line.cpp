// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <memory>

#include "commands/commands.h"
#include "commands/help.h"
#include "evidence/problem.h"

namespace exitscope::command::commands {

namespace {

constexpr int wrong_usage_of_lab = 64;  // EX_USAGE of sysexits.h

}  // namespace

std::unique_ptr<CLI::App> make_command_line(int& exit_code) {
    auto app = std::make_unique<CLI::App>(
        "Exact VM exit counts: runs the guest kernel, judges what it reports, shows and compares it.",
        "exitscope");
    app->formatter(std::make_shared<HelpFormatter>());
    app->require_subcommand(1);
    app->footer(
        "Exit codes: 0 PASS or equal, 1 FAIL or different, 2 ERROR (usage and unreadable files too),\n"
        "3 CRASH, 77 SKIP. `exitscope COMMAND --help` says more.");
    add_doctor_command(*app, exit_code);
    add_run_command(*app, exit_code);
    add_linux_command(*app, exit_code);
    add_lab_command(*app, exit_code);
    add_load_kvm_command(*app, exit_code);
    add_result_command(*app, exit_code);
    add_table_command(*app, exit_code);
    add_prices_command(*app, exit_code);
    add_show_command(*app, exit_code);
    add_report_command(*app, exit_code);
    add_compare_command(*app, exit_code);
    add_gate_command(*app, exit_code);
    add_witness_command(*app, exit_code);
    add_same_command(*app, exit_code);
    return app;
}

int run_command_line(int argc, const char* const* argv) {
    const int error = evidence::exit_code_of(model::Verdict::error);
    try {
        int exit_code = 0;
        const auto app = make_command_line(exit_code);
        try {
            app->parse(argc, argv);
        } catch (const CLI::ParseError& problem) {
            if (app->exit(problem) == 0)
                return 0;
            // 2 may be QEMU's own status, which `lab` hands through.
            return app->got_subcommand("lab") ? wrong_usage_of_lab : error;
        }
        return exit_code;
    } catch (const std::exception& problem) {
        fmt::print(stderr, "exitscope: {}\n", problem.what());
        return error;
    }
}

}  // namespace exitscope::command::commands
