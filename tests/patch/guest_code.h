/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * Loops for the guest: many CPUIDs, many WRMSRs, its whole memory.
 */
#pragma once

#include "guest.h"

/* The results of CPUID with a leaf and a sub-leaf that grow by a step each, from guest_table on. */
struct table {
    uint32_t leaf, leaf_step;
    uint32_t subleaf, subleaf_step;
    uint32_t count;
};

void emit_table(struct vcpu* vcpu, struct table table);
const struct cpuid_result* table_of(const struct vcpu* vcpu);

/* The same for the leaves and sub-leaves of a list, which stands at guest_free while the guest reads it. */
struct query {
    uint32_t leaf, subleaf;
};

void emit_queries(struct vcpu* vcpu, const struct query* queries, uint32_t count);

/* CPUID leaf 0, count times. */
void emit_cpuid_loop(struct vcpu* vcpu, uint32_t count);

/* The same WRMSR, count times. */
void emit_wrmsr_loop(struct vcpu* vcpu, uint32_t msr, uint64_t value, uint32_t count);

/* Turns 32-bit paging on, linear = physical, by one page of 4 MiB. */
void vcpu_enable_paging(struct vcpu* vcpu);

/*
 * Reads and writes each page, so that no later access to guest memory exits,
 * whatever the paging, as long as the vCPU stays in the same mode.
 */
void vcpu_touch_memory(struct vcpu* vcpu);
