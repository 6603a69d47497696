// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "load_kvm/exit.h"

#include <fmt/format.h>

#include <cstdio>

namespace exitscope::command::load_kvm {

void say(const std::string& message) {
    fmt::print(stderr, "load-kvm: {}\n", message);
}

}  // namespace exitscope::command::load_kvm
