// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The subcommands. Each adds itself to the command line.

#include <memory>

#include "usage/command_line.h"

namespace exitscope::command::commands {

void add_doctor_command(usage::CommandLine& line);
void add_run_command(usage::CommandLine& line);
void add_linux_command(usage::CommandLine& line);
void add_lab_command(usage::CommandLine& line);
void add_show_command(usage::CommandLine& line);
void add_compare_command(usage::CommandLine& line);
void add_gate_command(usage::CommandLine& line);
void add_bisect_command(usage::CommandLine& line);
void add_sweep_command(usage::CommandLine& line);
void add_report_command(usage::CommandLine& line);
void add_load_kvm_command(usage::CommandLine& line);
void add_result_command(usage::CommandLine& line);
void add_prices_command(usage::CommandLine& line);

/// The whole command line.
[[nodiscard]] std::unique_ptr<usage::CommandLine> make_command_line();

/// Runs the exitscope command; returns its exit code and never throws.
[[nodiscard]] int run_command_line(int argc, const char* const* argv);

}  // namespace exitscope::command::commands
