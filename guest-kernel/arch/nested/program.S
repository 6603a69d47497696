/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * What the nested guest executes, and the ways into it. Each program is one instruction, then the hypercall that gives
 * the turn back: where the instruction leaves, RIP stays at it. (nested_cpuid_loop has no
 * hypercall.) RCX is the argument; RBX is 0 under SVM, 1 under VMX.
 */
        .text
        .code64

        .macro PROGRAM name, instruction:vararg
        .globl \name
\name:
        \instruction
        jmp nested_call
        .endm

        PROGRAM nested_cpuid, cpuid
        PROGRAM nested_halt, hlt
        PROGRAM nested_port_out, out %al, $0x80
        PROGRAM nested_rdmsr, rdmsr
        PROGRAM nested_wrmsr, wrmsr
        PROGRAM nested_undefined, ud2
        PROGRAM nested_write, movb $1, (%rcx)
        PROGRAM nested_invlpg, invlpg (%rcx)
        PROGRAM nested_write_cr3, mov %rcx, %cr3

        .globl nested_cpuid_loop
nested_cpuid_loop:
        cpuid
        jmp nested_cpuid_loop

        .globl nested_call
nested_call:
        test %ebx, %ebx
        jnz 1f
        vmmcall
        jmp nested_call
1:      vmcall
        jmp nested_call

        .macro SAVE_REGISTERS
        push %rbx
        push %rbp
        push %r12
        push %r13
        push %r14
        push %r15
        .endm

        .macro RESTORE_REGISTERS
        pop %r15
        pop %r14
        pop %r13
        pop %r12
        pop %rbp
        pop %rbx
        .endm

        /* svm_enter(control block, argument): VMRUN keeps RSP and RAX itself, the other registers are the guest's. */
        .globl svm_enter
svm_enter:
        SAVE_REGISTERS
        mov %rdi, %rax
        mov %rsi, %rcx
        xor %ebx, %ebx
        vmrun %rax
        RESTORE_REGISTERS
        ret

        /*
         * vmx_enter(is launched, argument): returns 1 where the instruction fails. The VMCS has this place for the
         * host to go on, and a stack of no use: the true one is remembered here, as VMWRITE would be one more exit.
         */
        .globl vmx_enter
        .globl vmx_host_entry
vmx_enter:
        SAVE_REGISTERS
        mov %rsp, vmx_host_stack
        mov %rsi, %rcx
        mov $1, %ebx
        test %edi, %edi
        jz 1f
        vmresume
        jmp 2f
1:      vmlaunch
2:      mov $1, %eax
        jmp 3f
vmx_host_entry:
        mov vmx_host_stack, %rsp
        xor %eax, %eax
3:      RESTORE_REGISTERS
        ret

        .section .bss
        .balign 8
vmx_host_stack:
        .skip 8

        .section .note.GNU-stack, "", @progbits
