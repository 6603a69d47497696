// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The subcommands. Each adds itself to the command line and, when it was given, stores its exit code.

#include <CLI/CLI.hpp>
#include <memory>

namespace exitscope::command::commands {

void add_doctor_command(CLI::App& app, int& exit_code);
void add_run_command(CLI::App& app, int& exit_code);
void add_linux_command(CLI::App& app, int& exit_code);
void add_lab_command(CLI::App& app, int& exit_code);
void add_load_kvm_command(CLI::App& app, int& exit_code);
void add_result_command(CLI::App& app, int& exit_code);
void add_table_command(CLI::App& app, int& exit_code);
void add_prices_command(CLI::App& app, int& exit_code);
void add_show_command(CLI::App& app, int& exit_code);
void add_report_command(CLI::App& app, int& exit_code);
void add_compare_command(CLI::App& app, int& exit_code);
void add_gate_command(CLI::App& app, int& exit_code);
void add_witness_command(CLI::App& app, int& exit_code);
void add_same_command(CLI::App& app, int& exit_code);

/// The whole command line; `exit_code` has to live as long as it.
[[nodiscard]] std::unique_ptr<CLI::App> make_command_line(int& exit_code);

/// Runs the exitscope command; answers its exit code and never throws.
[[nodiscard]] int run_command_line(int argc, const char* const* argv);

}  // namespace exitscope::command::commands
