/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * What the checks of the counter leaves share: TAP lines, and how answers are read.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "guest.h"

/* What the KVM under test is said to be. */
struct subject {
    int exit_counters;
    int is_vmx;
    uint32_t paging;
    const uint16_t* reasons;
    size_t reason_count;
    uint32_t cpuid, io, hlt, rdtsc;
};

extern struct subject subject;

/* Prints one TAP line. */
void check(const char* fact, uint64_t expected, uint64_t found);
void check_answer(const char* fact, struct answer expected, struct answer found);

uint64_t join(uint32_t high, uint32_t low);
uint64_t total_of(struct answer answer);
uint64_t exits_of(struct answer answer);

void check_identity(struct vcpu* vcpu);
void check_total(struct vcpu* vcpu);
void check_latch(struct vcpu* vcpu);
void check_reasons(struct vcpu* vcpu, uint32_t leaf);
void check_scopes(void);

void check_cycles(struct vcpu* vcpu);
/* Leaves the vCPU with an exit to user space unfinished. */
void check_init(struct vcpu* vcpu);
