/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * Writes CR8 while an interrupt waits: the firmware left the timer on, and interrupts are off. KVM has asked for an
 * interrupt window (V_IRQ) then, and QEMU's TCG aborts in the write. For `scripts/lab --setting npt=1 --kernel`.
 */
        .long 0x1badb002, 0, -0x1badb002 /* multiboot header */
        .globl _start
_start: mov $1 << 17, %ecx
1:      in $0x61, %al           /* exits; all together take longer than the 55 ms of a tick */
        loop 1b
        xor %eax, %eax
        .byte 0xf0              /* AMD's LOCK MOV CR0 is MOV CR8 outside 64-bit mode */
        mov %eax, %cr0
        mov $16, %eax
        mov $0xf4, %dx
        out %al, %dx
2:      hlt
        jmp 2b
