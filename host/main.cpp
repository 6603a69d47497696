// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "commands.h"

int main(int argc, char** argv) {
    return exitscope::run_command_line(argc, argv);
}
