// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "arch/wait.h"

namespace exitscope::arch {

namespace {

constinit std::string_view missed_since{};

}  // namespace

std::string_view missed_event() {
    return missed_since;
}

void set_missed_event(std::string_view missed) {
    missed_since = missed;
}

}  // namespace exitscope::arch
