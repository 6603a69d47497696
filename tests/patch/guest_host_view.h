/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * A line of the file exit_counters, the host's view of a vCPU.
 */
#pragma once

#include <stdint.h>

struct vm;

struct host_view_line {
    uint64_t exits, cycles, kernel_cycles;
};

/* That of vCPU 0 whose first word is name; zeros where there is none, or no file. */
struct host_view_line read_host_view_line(const struct vm* vm, const char* name);
