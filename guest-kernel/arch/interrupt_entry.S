/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * Entry stubs for vectors 0 to 0x40: each pushes what InterruptFrame in arch/interrupts.h says and calls
 * handle_interrupt. VECTORS is vector_count there. And halt_until_interrupt, whose HLT handle_interrupt knows.
 */
#define VECTORS 0x41

        .text
        .code64

interrupt_entry:
        push %rax
        push %rbx
        push %rcx
        push %rdx
        push %rsi
        push %rdi
        push %rbp
        push %r8
        push %r9
        push %r10
        push %r11
        push %r12
        push %r13
        push %r14
        push %r15
        cld
        mov %rsp, %rdi
        mov %rsp, %rbp
        and $-16, %rsp
        call handle_interrupt
        mov %rbp, %rsp
        pop %r15
        pop %r14
        pop %r13
        pop %r12
        pop %r11
        pop %r10
        pop %r9
        pop %r8
        pop %rbp
        pop %rdi
        pop %rsi
        pop %rdx
        pop %rcx
        pop %rbx
        pop %rax
        add $16, %rsp           /* vector, error code */
        iretq

        /* Exceptions that push an error code: #DF #TS #NP #SS #GP #PF #AC #CP #VC #SX. */
#define HAS_ERROR_CODE ((1 << 8) | (0x1f << 10) | (1 << 17) | (1 << 21) | (1 << 29) | (1 << 30))

        .set vector, 0
        .rept VECTORS
        .balign 16
        .if !(vector < 32 && ((HAS_ERROR_CODE >> (vector & 31)) & 1))
        push $0
        .endif
        push $vector
        jmp interrupt_entry
        .set vector, vector + 1
        .endr
        .balign 16
interrupt_stubs_end:

        .globl halt_until_interrupt
        .globl halt_instruction
halt_until_interrupt:
        sti
halt_instruction:
        hlt
        cli
        ret

        .section .rodata
        .balign 8
        .globl interrupt_entries
interrupt_entries:
        .set vector, 0
        .rept VECTORS
        .quad interrupt_stubs_end - 16 * (VECTORS - vector)
        .set vector, vector + 1
        .endr

        .section .note.GNU-stack, "", @progbits
