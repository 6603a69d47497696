/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * What the BPF program and the program that loads it share.
 */
#ifndef EXITSCOPE_TRACE_EVENT_H
#define EXITSCOPE_TRACE_EVENT_H

#include <linux/types.h>

#include "exit_buckets.h"

/* The most vCPUs that are counted, numbered from 0. */
#define TRACE_MOST_VCPUS 64

/* What one vCPU made since counting began. */
struct trace_vcpu {
    __u64 total;
    __u64 marks;
    /* The thread of its last exit, which runs its next one, too. */
    __u32 thread;
    /* As the tracepoint has it: 1 VMX, 2 SVM. */
    __u32 isa;
    __u64 exits[EXIT_BUCKETS];
};

/* The guest executed a latching CPUID, which is counted in here. */
struct trace_mark {
    /* Counts the marks of this vCPU, from 1 on. */
    __u64 number;
    __u32 vcpu;
    __u32 slot;
    __u32 isa;
    __u32 unused;
    __u64 total;
    __u64 exits[EXIT_BUCKETS];
};

/* What was not counted: marks that found no room, or no vCPU, and exits of a vCPU whose number is too large.
 */
struct trace_losses {
    __u64 marks;
    __u64 exits;
};

#endif
