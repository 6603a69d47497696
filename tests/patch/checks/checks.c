/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
#include "checks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const uint16_t vmx_reasons[] = {
#define EXIT_REASON_VMX(number, name) number,
#include "../../../abi/exit_reasons.def"
};

static const uint16_t svm_reasons[] = {
#define EXIT_REASON_SVM(number, name) number,
#include "../../../abi/exit_reasons.def"
};

static const struct subject vmx = {.is_vmx = 1,
                                   .reasons = vmx_reasons,
                                   .reason_count = sizeof(vmx_reasons) / sizeof(*vmx_reasons),
                                   .cpuid = vmx_cpuid,
                                   .io = vmx_io_instruction,
                                   .hlt = vmx_hlt,
                                   .wrmsr = vmx_msr_write,
                                   .invalid = vmx_invalid_state,
                                   .noise = vmx_external_interrupt};
static const struct subject svm = {.is_vmx = 0,
                                   .reasons = svm_reasons,
                                   .reason_count = sizeof(svm_reasons) / sizeof(*svm_reasons),
                                   .cpuid = svm_cpuid,
                                   .io = svm_ioio,
                                   .hlt = svm_hlt,
                                   .wrmsr = svm_msr,
                                   .invalid = svm_invalid,
                                   .noise = svm_intr};

/* L1 is told the frequency of its TSC; it has nothing to measure it by. */
static uint32_t read_tsc_khz(void) {
    static const char name[] = "tsc_early_khz=";
    char words[2048] = "";
    FILE* file = fopen("/proc/cmdline", "r");
    const char* found;

    must(file ? 0 : -1, "/proc/cmdline");
    must(fgets(words, sizeof(words), file) ? 0 : -1, "/proc/cmdline");
    fclose(file);
    found = strstr(words, name);
    return found ? strtoul(found + strlen(name), NULL, 10) : 0;
}

struct subject subject;
static int checks, failures;

void read_subject(int argc, char** argv) {
    if (argc < 5) {
        fprintf(stderr, "wanted: EXIT_COUNTERS vmx|svm PAGING CYCLES [thorough]\n");
        exit(2);
    }
    subject = strcmp(argv[2], "vmx") == 0 ? vmx : svm;
    subject.exit_counters = atoi(argv[1]);
    subject.paging = atoi(argv[3]);
    subject.cycles = atoi(argv[4]);
    subject.thorough = argc > 5;
    subject.tsc_khz = read_tsc_khz();
    if (subject.is_vmx)
        subject.page_fault = subject.paging == 2 ? vmx_ept_violation : vmx_exception_nmi;
    else
        subject.page_fault = subject.paging == 2 ? svm_npf : svm_excp_pf;
    /* Whatever crashes next, what was checked before is seen. */
    setvbuf(stdout, NULL, _IOLBF, 0);
}

void check(const char* fact, uint64_t expected, uint64_t found) {
    int ok = expected == found;

    printf("%sok %d %s\n", ok ? "" : "not ", ++checks, fact);
    if (!ok)
        printf("# expected %#llx, found %#llx\n", (unsigned long long)expected, (unsigned long long)found);
    failures += !ok;
}

void check_result(const char* fact, struct cpuid_result expected, struct cpuid_result found) {
    char text[128];
    const uint32_t *want = &expected.eax, *have = &found.eax;

    for (int i = 0; i < 4; i++) {
        snprintf(text, sizeof(text), "%s: %s", fact, (const char*[]){"eax", "ebx", "ecx", "edx"}[i]);
        check(text, want[i], have[i]);
    }
}

int end_checks(void) {
    printf("1..%d\n", checks);
    return failures != 0;
}

uint64_t join(uint32_t high, uint32_t low) {
    return (uint64_t)high << 32 | low;
}

uint64_t total_of(struct cpuid_result result) {
    return join(result.edx, result.eax);
}

uint64_t total_cycles_of(struct cpuid_result result) {
    return join(result.ebx, result.ecx);
}

uint64_t exits_of(struct cpuid_result result) {
    return join(result.ebx, result.eax);
}

uint64_t cycles_of(struct cpuid_result result) {
    return join(result.ebx, result.eax);
}

uint64_t kernel_cycles_of(struct cpuid_result result) {
    return join(result.edx, result.ecx);
}
