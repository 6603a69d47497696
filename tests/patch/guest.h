/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * A guest of a few instructions: flat 32-bit protected mode, code that is put
 * together at run time, and CPUID results that it leaves in its memory.
 */
#pragma once

#include <linux/kvm.h>
#include <stddef.h>
#include <stdint.h>

enum {
    guest_memory_bytes = 4 << 20,
    guest_code = 0x10000,
    guest_results = 0x100000,
    guest_table = 0x200000,  /* 1 MiB */
    guest_free = 0x300000,   /* for what a check needs beside code and results */
    guest_paging = 0x3f0000, /* page tables */
    guest_stop_port = 0xf0,
    guest_vcpus = 4,
};

struct cpuid_result {
    uint32_t eax, ebx, ecx, edx;
};

struct vcpu {
    struct vm* vm;
    int fd;
    struct kvm_run* run;
    size_t run_bytes;
    size_t code_bytes;
    size_t result_count;
};

struct vm {
    int fd;
    uint8_t* memory;
    struct vcpu vcpu[guest_vcpus];
};

/* Returns what it was given. If that says that a system call failed, ends the program with status 2. */
int must(int result, const char* what);

/* A VM with in-kernel interrupt controllers, and without or with vCPU 0. Ends the program if that fails. */
void vm_create_empty(struct vm* vm);
void vm_create(struct vm* vm);
void vm_destroy(struct vm* vm);
void vcpu_create(struct vm* vm, int index);

/* What vcpu_create() sets; up to 16 other entries can be set before the vCPU's first run. */
extern const struct kvm_cpuid_entry2 guest_cpuid_intel[2];
void vcpu_set_cpuid(struct vcpu* vcpu, const struct kvm_cpuid_entry2* entries, size_t count);

/* Flat segments at the given privilege level, to be called before the first run. */
void vcpu_set_cpl(struct vcpu* vcpu, int cpl);

/* Code is emitted anew after each vcpu_run(). */
#define EMIT(vcpu, ...) emit(vcpu, (const uint8_t[]){__VA_ARGS__}, sizeof((const uint8_t[]){__VA_ARGS__}))
void emit(struct vcpu* vcpu, const void* bytes, size_t count);
void emit_u32(struct vcpu* vcpu, uint32_t value);

/* CPUID with other registers full of rubbish; its result comes from result_of(). */
size_t emit_cpuid(struct vcpu* vcpu, uint32_t leaf, uint32_t subleaf);
/* The same, by KVM's instruction emulator (kvm.force_emulation_prefix=1). */
size_t emit_emulated_cpuid(struct vcpu* vcpu, uint32_t leaf, uint32_t subleaf);
/* Runs the code up to its own OUT to guest_stop_port. */
void vcpu_run(struct vcpu* vcpu);
/* Calls KVM_RUN once; returns its exit reason, or -1 if a signal ended it. */
int vcpu_run_once(struct vcpu* vcpu);
/* Back to the first instruction. */
void vcpu_restart(struct vcpu* vcpu);
/* Lets code be emitted anew where vcpu_run() was not used. */
void vcpu_forget(struct vcpu* vcpu);

struct cpuid_result result_of(const struct vcpu* vcpu, size_t index);
struct cpuid_result cpuid_once(struct vcpu* vcpu, uint32_t leaf, uint32_t subleaf);
