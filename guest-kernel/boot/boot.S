/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * The multiboot header and the way from 32-bit protected mode to kernel_main in 64-bit mode.
 *
 * Linear addresses: the first GiB is mapped to itself in 2 MiB pages; the second GiB shows the page
 * pool (arch/page_pool.h) through page tables that start out empty. Accessed and dirty bits of the
 * identity mapping are set from the start, so that no page walk has to write them.
 */
#define MULTIBOOT_MAGIC 0x1badb002
#define MULTIBOOT_PAGE_ALIGN_MEMORY_INFO 0x3

#define ENTRY_TABLE 0x23                /* present, writable, accessed */
#define ENTRY_2M 0xe3                   /* present, writable, accessed, dirty, page size */
#define POOL_TABLES 64                  /* arch/page_pool.h: pool_max_pages / pages_per_table */

#define CR0_PE_WP_PG 0x80010001
#define CR4_PAE 0x20
#define MSR_EFER 0xc0000080
#define EFER_LME 0x100

        .section .multiboot, "a"
        .balign 4
        .globl multiboot_header
multiboot_header:
        .long MULTIBOOT_MAGIC
        .long MULTIBOOT_PAGE_ALIGN_MEMORY_INFO
        .long -(MULTIBOOT_MAGIC + MULTIBOOT_PAGE_ALIGN_MEMORY_INFO)

        .section .text.boot, "ax"
        .code32
        .globl _start
_start:
        cli
        cld
        mov $boot_stack_top, %esp
        mov %eax, %ebp                  /* the loader's magic; %ebx: its information */

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
        lgdt gdt_register
        ljmp $0x08, $start_64

        .code64
start_64:
        xor %eax, %eax
        mov %eax, %ds
        mov %eax, %es
        mov %eax, %fs
        mov %eax, %gs
        mov %eax, %ss
        mov $boot_stack_top, %rsp
        mov %ebp, %edi
        mov %ebx, %esi
        xor %ebp, %ebp
        call kernel_main

        .section .rodata
        .balign 8
gdt:
        .quad 0
        .quad 0x00209b0000000000        /* 0x08: 64-bit code, ring 0, accessed */
gdt_register:
        .word gdt_register - gdt - 1
        .long gdt

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
        .globl pool_page_tables
pool_page_tables:
        .skip 4096 * POOL_TABLES

        .section .note.GNU-stack, "", @progbits
