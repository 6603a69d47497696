/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * A guest, multiboot 1, that writes to each page from 16 to 476 MiB, which is more than L1 has left, and then stops as hello.S does.
 */

.section .text
.balign 4
multiboot_header:
    .long 0x1badb002, 0, -0x1badb002

.globl _start
_start:
    mov $0x1000000, %edi
1:  mov %edi, (%edi)
    add $0x1000, %edi
    cmp $0x1dc00000, %edi
    jb 1b
    mov $16, %eax
    out %eax, $0xf4
2:  hlt
    jmp 2b
