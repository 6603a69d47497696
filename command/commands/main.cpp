// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "commands/commands.h"

int main(int argc, char** argv) {
    return exitscope::command::commands::run_command_line(argc, argv);
}
