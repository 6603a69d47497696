/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * What the checks share: what is under test, TAP lines, how CPUID results are read.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "../guest.h"

enum vmx_reason {
#define EXIT_REASON_VMX(number, name) vmx_##name = number,
#include "../../../abi/exit_reasons.def"
};

enum svm_reason {
#define EXIT_REASON_SVM(number, name) svm_##name = number,
#include "../../../abi/exit_reasons.def"
};

/* What the KVM under test is said to be. */
struct subject {
    int is_vmx;
    int exit_counters;
    uint32_t paging; /* 1 shadow, 2 two-dimensional */
    int cycles;
    int thorough; /* where a check can be long or short */
    const uint16_t* reasons;
    size_t reason_count;
    uint32_t cpuid, io, hlt, wrmsr, invalid;
    uint32_t page_fault; /* of the paging in force */
    uint32_t tsc_khz;    /* of L1 */
    uint32_t noise;      /* a host interrupt, the one exit that a check cannot foresee */
};

extern struct subject subject;

/* Takes EXIT_COUNTERS vmx|svm PAGING CYCLES [thorough]; ends the program with status 2 if it cannot. */
void read_subject(int argc, char** argv);

/* Prints one TAP line. */
void check(const char* fact, uint64_t expected, uint64_t found);
void check_result(const char* fact, struct cpuid_result expected, struct cpuid_result found);
/* Prints the plan; returns the program's exit status. */
int end_checks(void);

uint64_t join(uint32_t high, uint32_t low);
uint64_t total_of(struct cpuid_result result);
uint64_t exits_of(struct cpuid_result result);
uint64_t cycles_of(struct cpuid_result result);
uint64_t kernel_cycles_of(struct cpuid_result result);
uint64_t total_cycles_of(struct cpuid_result result);
