/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * The way from 32-bit protected mode, where the boot loader leaves the boot processor, to kernel_main in
 * 64-bit mode; that of the other processors, from real mode to processor_main.
 *
 * Linear addresses: the first GiB is mapped to itself in 2 MiB pages; the second GiB shows the page
 * pool (arch/page_pool.h) through page tables that start out empty. Accessed and dirty bits of the
 * identity mapping are set from the start, so that no page walk has to write them.
 */
#define ENTRY_TABLE 0x23                /* present, writable, accessed */
#define ENTRY_2M 0xe3                   /* present, writable, accessed, dirty, page size */
#define POOL_TABLES 64                  /* arch/page_pool.h: arch::pool_max_pages / arch::pages_per_table */

#define CR0_PE_WP_PG 0x80010001
#define CR4_PAE 0x20
#define CPUID_EXTENDED 0x80000000
#define CPUID_EXTENDED_FEATURES 0x80000001
#define LONG_MODE 0x20000000            /* in EDX */
#define MSR_EFER 0xc0000080
#define EFER_LME 0x100

        .section .text.boot, "ax"
        .code32
        .globl _start
_start:
        cli
        cld
        mov $boot_stack_top, %esp
        mov %eax, %ebp                  /* the loader's magic */
        push %ebx                       /* its information */
        mov $CPUID_EXTENDED, %eax
        cpuid
        cmp $CPUID_EXTENDED_FEATURES, %eax
        jb no_64_bit_mode
        mov $CPUID_EXTENDED_FEATURES, %eax
        cpuid
        test $LONG_MODE, %edx
        jz no_64_bit_mode
        pop %ebx

        movl $identity_directory_pointers + ENTRY_TABLE, root_table
        movl $identity_directory + ENTRY_TABLE, identity_directory_pointers
        movl $pool_directory + ENTRY_TABLE, identity_directory_pointers + 8

        xor %ecx, %ecx
        mov $ENTRY_2M, %eax
1:      mov %eax, identity_directory(, %ecx, 8)
        add $0x200000, %eax
        inc %ecx
        cmp $512, %ecx
        jne 1b

        xor %ecx, %ecx
        mov $pool_page_tables + ENTRY_TABLE, %eax
1:      mov %eax, pool_directory(, %ecx, 8)
        add $0x1000, %eax
        inc %ecx
        cmp $POOL_TABLES, %ecx
        jne 1b

        lgdt gdt_register
        mov $boot_processor, %esi

        /* Into 64-bit mode, to the address in %esi. The global descriptor table is loaded. */
enter_64_bit_mode:
        mov $CR4_PAE, %eax
        mov %eax, %cr4
        mov $root_table, %eax
        mov %eax, %cr3
        mov $MSR_EFER, %ecx
        rdmsr
        or $EFER_LME, %eax
        wrmsr
        mov $CR0_PE_WP_PG, %eax
        mov %eax, %cr0
        ljmp $0x08, $start_64

        /* Where the trampoline below leads the other processors, one at a time. */
        .globl start_processor
start_processor:
        mov $other_processor, %esi
        jmp enter_64_bit_mode

        .code64
start_64:
        xor %eax, %eax
        mov %eax, %ds
        mov %eax, %es
        mov %eax, %fs
        mov %eax, %gs
        mov %eax, %ss
        mov %esi, %esi
        jmp *%rsi

boot_processor:
        mov $boot_stack_top, %rsp
        mov %ebp, %edi
        mov %ebx, %esi
        xor %ebp, %ebp
        call kernel_main

other_processor:
        mov processor_stack_top, %rsp
        xor %ebp, %ebp
        call processor_main

        .section .rodata
        .balign 8
gdt:
        .quad 0
        .quad 0x00209b0000000000        /* 0x08: 64-bit code, ring 0, accessed */
        .quad 0x00cf9b000000ffff        /* 0x10: 32-bit code, ring 0, accessed, 4 GiB */
gdt_register:
        .word gdt_register - gdt - 1
        .long gdt

        .balign 8
        .globl kernel_cr4
kernel_cr4:
        .quad CR4_PAE

        /*
         * What another processor executes first, in real mode, from a copy at a page below 1 MiB that
         * start_processors() (arch/processors.cpp) chose: CS is that page's segment.
         */
        .balign 4
        .globl trampoline_begin
        .code16
trampoline_begin:
        cli
        lgdtl %cs:trampoline_gdt_register - trampoline_begin
        mov %cr0, %eax
        or $1, %al
        mov %eax, %cr0
        ljmpl $0x10, $start_processor
trampoline_gdt_register:
        .word gdt_register - gdt - 1
        .long gdt
        .globl trampoline_end
trampoline_end:
        .code64

        .section .bss
        .balign 16
boot_stack:
        .skip 65536
boot_stack_top:

        .section .page_tables, "aw", @nobits
        .balign 4096
        .globl root_table
root_table:
        .skip 4096
        .globl spare_root_table
spare_root_table:
        .skip 4096
identity_directory_pointers:
        .skip 4096
identity_directory:
        .skip 4096
        .globl pool_directory
pool_directory:
        .skip 4096
        .globl nested_tables
nested_tables:
        .skip 4096 * 4
        .globl pool_page_tables
pool_page_tables:
        .skip 4096 * POOL_TABLES

        .section .note.GNU-stack, "", @progbits
