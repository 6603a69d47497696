/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * Reads CR3 back with paging on. QEMU's exit status is 33 if it is what was written, and 35 if not: under npt=0 it is the
 * root of KVM's shadow then, since the CPU has lost the intercept. For `scripts/lab --setting npt=0 --kernel`.
 */
        .long 0x1badb002, 0, -0x1badb002 /* multiboot header */
        .globl _start
_start: mov $directory, %ebx
        movl $0x83, (%ebx)      /* the first 4 MiB, mapped to themselves */
        mov $0x10, %eax         /* PSE */
        mov %eax, %cr4
        mov %ebx, %cr3
        mov $0x80010011, %eax   /* PG, WP, ET, PE: as KVM has it, which so does not intercept reads of CR0 */
        mov %eax, %cr0
        mov %cr3, %ecx
        mov $16, %eax
        cmp %ebx, %ecx
        je 1f
        inc %eax
1:      mov $0xf4, %dx
        out %al, %dx
2:      hlt
        jmp 2b

        .bss
        .balign 4096
directory:
        .skip 4096
