// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// A workload that is registered at an address that is not canonical: reading it is a general
// protection fault, with which tests/boot/boot.bats looks at the fault report.

#include <cstdint>

extern "C"
    [[gnu::used, gnu::section("exitscope_workloads")]] constinit const std::uint64_t registered_nowhere =
        0x8000'0000'0000'0000;
