/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * A guest of a few instructions: flat 32-bit protected mode, code that is put
 * together at run time, and CPUID answers that it leaves in its memory.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum {
    guest_memory_bytes = 4 << 20,
    guest_code = 0x10000,
    guest_answers = 0x100000,
    guest_table = 0x200000,
    guest_stop_port = 0xf0,
};

struct answer {
    uint32_t eax, ebx, ecx, edx;
};

struct vcpu {
    struct vm* vm;
    int fd;
    struct kvm_run* run;
    size_t code_bytes;
    size_t answer_count;
};

struct vm {
    int fd;
    uint8_t* memory;
    struct vcpu vcpu[2];
};

/* A VM with in-kernel interrupt controllers and vCPU 0. Ends the program if that fails. */
void vm_create(struct vm* vm);
void vcpu_create(struct vm* vm, int index);

/* Flat segments at the given privilege level, to be called before the first run. */
void vcpu_set_cpl(struct vcpu* vcpu, int cpl);

/* Code is emitted anew after each vcpu_run(). */
void emit(struct vcpu* vcpu, const void* bytes, size_t count);
void emit_u32(struct vcpu* vcpu, uint32_t value);

/* CPUID with other registers full of rubbish; its answer comes from answer_of(). */
size_t emit_cpuid(struct vcpu* vcpu, uint32_t leaf, uint32_t subleaf);
/* The same, by KVM's instruction emulator (kvm.force_emulation_prefix=1). */
size_t emit_emulated_cpuid(struct vcpu* vcpu, uint32_t leaf, uint32_t subleaf);
/* EDX of CPUID for each sub-leaf below count, as uint32_t at guest_table. */
void emit_cpuid_table(struct vcpu* vcpu, uint32_t leaf, uint32_t count);

/* Runs the code up to its own OUT to guest_stop_port. */
void vcpu_run(struct vcpu* vcpu);
/* Calls KVM_RUN once; returns its exit reason, or -1 if a signal ended it. */
int vcpu_run_once(struct vcpu* vcpu);
void vcpu_restart(struct vcpu* vcpu);

struct answer answer_of(const struct vcpu* vcpu, size_t index);
struct answer cpuid_once(struct vcpu* vcpu, uint32_t leaf, uint32_t subleaf);
