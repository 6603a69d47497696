/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * The smallest guest for tests of the lab, multiboot 1: prints the bytes of TEXT on COM1, executes CPUID a
 * hundred times, and stops with STATUS (isa-debug-exit: QEMU's exit status is 2 * STATUS + 1), or spins forever
 * when STATUS is 255, or resets the machine with RESET.
 */

#ifndef STATUS
#define STATUS 16
#endif

.section .text
.balign 4
multiboot_header:
    .long 0x1badb002, 0, -0x1badb002

.globl _start
_start:
    mov $text, %esi
    mov $text_end - text, %ecx
    mov $0x3f8, %edx
    cld
    rep outsb

    mov $100, %esi
1:  xor %eax, %eax
    xor %ecx, %ecx
    cpuid
    dec %esi
    jnz 1b

#ifdef RESET
    mov $0xfe, %al
    out %al, $0x64
#endif
    mov $STATUS, %eax
    cmp $255, %eax
2:  je 2b
    out %eax, $0xf4
3:  hlt
    jmp 3b

text:
#ifdef TEXT
    .incbin TEXT
#else
    .ascii "hello from L2\n"
#endif
text_end:
