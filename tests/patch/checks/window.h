/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * What stands between two latches, reason by reason.
 */
#pragma once

#include "checks.h"

/* The latched counters of one slot. */
struct counts {
    uint64_t total, total_cycles;
    uint64_t exits[256], cycles[256], kernel_cycles[256]; /* in the order of subject.reasons */
};

/* Runs the vCPU to read the slot. */
void read_counts(struct vcpu* vcpu, uint32_t slot_scope, struct counts* counts);
uint64_t exits_in(const struct counts* counts, uint32_t reason);
/* How many CPUIDs read_counts() makes. */
uint64_t reads_of_counts(void);

/* CPUID that latches to slot 0, or 1. */
void emit_open(struct vcpu* vcpu);
void emit_close(struct vcpu* vcpu);

struct cost {
    uint32_t reason;
    uint64_t exits;
};

/* Of page faults where user space changed the paging mode: how much KVM drops then is its own affair. */
#define ANY_NUMBER UINT64_MAX

/*
 * Two checks: between the two latches there were exactly the exits given, and noise; and they sum to the
 * total. The closing latch's own CPUID is one of them. Runs the vCPU.
 */
void check_window(const char* fact, struct vcpu* vcpu, const struct cost* costs, size_t count);
#define CHECK_WINDOW(fact, vcpu, ...)                            \
    check_window(fact, vcpu, (const struct cost[]){__VA_ARGS__}, \
                 sizeof((const struct cost[]){__VA_ARGS__}) / sizeof(struct cost))
