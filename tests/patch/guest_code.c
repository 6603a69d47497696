/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
#include "guest_code.h"

#include <string.h>
#include <sys/ioctl.h>

/* 30 bytes: CPUID of the leaf in EBP and the sub-leaf in ESI, with its result to [EDI], which moves on. */
static void emit_result(struct vcpu* vcpu) {
    EMIT(vcpu, 0xbb), emit_u32(vcpu, 0xdeadbeef); /* mov ebx, ... */
    EMIT(vcpu, 0xba), emit_u32(vcpu, 0xdeadbeef); /* mov edx, ... */
    EMIT(vcpu, 0x89, 0xe8);                       /* mov eax, ebp */
    EMIT(vcpu, 0x89, 0xf1);                       /* mov ecx, esi */
    EMIT(vcpu, 0x0f, 0xa2);                       /* cpuid */
    EMIT(vcpu, 0x89, 0x07);                       /* mov [edi], eax */
    EMIT(vcpu, 0x89, 0x5f, 4);                    /* mov [edi + 4], ebx */
    EMIT(vcpu, 0x89, 0x4f, 8);                    /* mov [edi + 8], ecx */
    EMIT(vcpu, 0x89, 0x57, 12);                   /* mov [edi + 12], edx */
    EMIT(vcpu, 0x83, 0xc7, 16);                   /* add edi, 16 */
}

void emit_table(struct vcpu* vcpu, struct table table) {
    EMIT(vcpu, 0xbd), emit_u32(vcpu, table.leaf);               /* mov ebp, leaf */
    EMIT(vcpu, 0xbe), emit_u32(vcpu, table.subleaf);            /* mov esi, subleaf */
    EMIT(vcpu, 0xbf), emit_u32(vcpu, guest_table);              /* mov edi, guest_table */
    emit_result(vcpu);                                          /* 1: */
    EMIT(vcpu, 0x81, 0xc5), emit_u32(vcpu, table.leaf_step);    /* add ebp, leaf_step */
    EMIT(vcpu, 0x81, 0xc6), emit_u32(vcpu, table.subleaf_step); /* add esi, subleaf_step */
    EMIT(vcpu, 0x81, 0xff), emit_u32(vcpu, guest_table + table.count * 16);
    EMIT(vcpu, 0x75, 0xce); /* jne 1b */
}

void emit_queries(struct vcpu* vcpu, const struct query* queries, uint32_t count) {
    memcpy(vcpu->vm->memory + guest_free, queries, count * sizeof(*queries));
    EMIT(vcpu, 0xbc), emit_u32(vcpu, guest_free);  /* mov esp, guest_free */
    EMIT(vcpu, 0xbf), emit_u32(vcpu, guest_table); /* mov edi, guest_table */
    EMIT(vcpu, 0x5d, 0x5e);                        /* 1: pop ebp; pop esi */
    emit_result(vcpu);
    EMIT(vcpu, 0x81, 0xff), emit_u32(vcpu, guest_table + count * 16);
    EMIT(vcpu, 0x75, 0xd8); /* jne 1b */
}

const struct cpuid_result* table_of(const struct vcpu* vcpu) {
    return (const struct cpuid_result*)(vcpu->vm->memory + guest_table);
}

void emit_cpuid_loop(struct vcpu* vcpu, uint32_t count) {
    EMIT(vcpu, 0xbe), emit_u32(vcpu, count); /* mov esi, count */
    EMIT(vcpu, 0x31, 0xc0);                  /* 1: xor eax, eax */
    EMIT(vcpu, 0x0f, 0xa2);                  /* cpuid */
    EMIT(vcpu, 0x4e);                        /* dec esi */
    EMIT(vcpu, 0x75, 0xf9);                  /* jne 1b */
}

void emit_wrmsr_loop(struct vcpu* vcpu, uint32_t msr, uint64_t value, uint32_t count) {
    EMIT(vcpu, 0xbe), emit_u32(vcpu, count);       /* mov esi, count */
    EMIT(vcpu, 0xb9), emit_u32(vcpu, msr);         /* mov ecx, msr */
    EMIT(vcpu, 0xb8), emit_u32(vcpu, value);       /* mov eax, ... */
    EMIT(vcpu, 0xba), emit_u32(vcpu, value >> 32); /* mov edx, ... */
    EMIT(vcpu, 0x0f, 0x30);                        /* 1: wrmsr */
    EMIT(vcpu, 0x4e);                              /* dec esi */
    EMIT(vcpu, 0x75, 0xfb);                        /* jne 1b */
}

void vcpu_enable_paging(struct vcpu* vcpu) {
    const uint32_t entry = 0xe3; /* large, dirty, accessed, writable, present */
    struct kvm_sregs sregs;

    memcpy(vcpu->vm->memory + guest_paging, &entry, sizeof(entry));
    must(ioctl(vcpu->fd, KVM_GET_SREGS, &sregs), "KVM_GET_SREGS");
    sregs.cr3 = guest_paging;
    sregs.cr4 |= 1 << 4;   /* PSE */
    sregs.cr0 |= 1u << 31; /* PG */
    must(ioctl(vcpu->fd, KVM_SET_SREGS, &sregs), "KVM_SET_SREGS");
}

void vcpu_touch_memory(struct vcpu* vcpu) {
    EMIT(vcpu, 0x31, 0xff);    /* xor edi, edi */
    EMIT(vcpu, 0x80, 0x0f, 0); /* 1: or byte [edi], 0 */
    EMIT(vcpu, 0x81, 0xc7), emit_u32(vcpu, 4096);
    EMIT(vcpu, 0x81, 0xff), emit_u32(vcpu, guest_memory_bytes);
    EMIT(vcpu, 0x75, 0xef); /* jne 1b */
    vcpu_run(vcpu);
}
