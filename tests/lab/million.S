/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * A guest that makes more than a million exits, multiboot 1: ROUNDS rounds of eight, and each 64th round one that
 * user space serves. Two of the eight are for KVM's fast path: WRMSR of IA32_TSC_DEADLINE, which VMX serves without
 * leaving its inner loop, and of the x2APIC's ICR. Then it prints "done" and halts for good.
 */

.set apic_base, 0x1b
.set tsc_adjust, 0x3b
.set tsc_deadline, 0x6e0
.set x2apic_spurious, 0x80f
.set x2apic_icr, 0x830
.set x2apic_lvt_timer, 0x832

.section .text
.balign 4
multiboot_header:
    .long 0x1badb002, 0, -0x1badb002

.globl _start
_start:
    mov $apic_base, %ecx        /* the APIC into x2APIC mode, its timer, masked, into TSC-deadline mode */
    rdmsr
    or $0xc00, %eax
    wrmsr
    mov $x2apic_spurious, %ecx
    mov $0x1ff, %eax
    xor %edx, %edx
    wrmsr
    mov $x2apic_lvt_timer, %ecx
    mov $0x500f0, %eax
    wrmsr

    mov $ROUNDS, %esi
1:  xor %eax, %eax
    cpuid
    mov $1, %eax
    cpuid
    mov $7, %eax
    xor %ecx, %ecx
    cpuid
    in $0x21, %al               /* KVM's own interrupt controller */
    mov $apic_base, %ecx
    rdmsr
    mov $tsc_adjust, %ecx
    xor %eax, %eax
    xor %edx, %edx
    wrmsr
    mov $tsc_deadline, %ecx     /* years from now */
    mov $0x00ffffff, %edx
    wrmsr
    mov $x2apic_icr, %ecx       /* a fixed interrupt for an APIC that is not there */
    mov $0xf1, %eax
    mov $7, %edx
    wrmsr
    test $63, %esi
    jnz 2f
    out %al, $0x80
2:  dec %esi
    jnz 1b

    mov $text, %esi
    mov $text_end - text, %ecx
    mov $0x3f8, %edx
    rep outsb
3:  cli
    hlt
    jmp 3b

text:
    .ascii "done\n"
text_end:
