/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * The whole firmware of the Bochs machine: from the reset vector straight into L1's kernel.
 *
 * Bochs has put the kernel and the initial ramdisk into memory before the first instruction (optramimage), so
 * there is nothing to load, and L1 needs no BIOS service. Bochs 2.7 gives memory its backing in blocks of
 * 128 KiB in the order of first use, but reads an image as if the backing were in place; hence one image, and
 * its blocks are used here first and in order. A magic word at the image's end tells whether that worked. Linux is entered by the PVH
 * protocol (Documentation of QEMU and Xen: "x86/HVM direct boot ABI"): 32-bit flat, paging off, EBX at the start info.
 *
 * Symbols given by the launcher: kernel_entry, image_address, image_size, initrd_address, initrd_size, memory_size.
 */

.set mark, 0x500                /* a RAM word; not zero after a reset that was no power-on */
.set start_info_in_ram, 0x600

.set magic, 0x6b5a3c2d

.section .text
.code16
.globl _start
_start:                      /* linked at 0xf0000; CS starts there */
real_mode:
    cli
    lgdtl %cs:gdt_pointer - _start
    mov %cr0, %eax
    or $1, %al
    mov %eax, %cr0
    ljmpl $0x08, $protected_mode

.code32
protected_mode:
    mov $0x10, %ax
    mov %ax, %ds
    mov %ax, %es
    mov %ax, %ss
    mov $image_address, %ebx
1:  mov (%ebx), %al
    add $0x20000, %ebx
    cmp $image_address + image_size, %ebx
    jb 1b

    cmpl $magic, image_address + image_size - 4
    jne power_off
    cmpl $magic, mark           /* L1 has reset the machine: it is over */
    je power_off
    movl $magic, mark

    /* From 6.12 on the kernel's first instructions take the start information for a stack: it has to be in RAM. */
    mov $start_info, %esi
    mov $start_info_in_ram, %edi
    mov $start_info_end - start_info, %ecx
    rep movsb
    mov $start_info_in_ram, %ebx
    mov $kernel_entry, %eax
    jmp *%eax

/* Bochs leaves when it reads this word here. */
power_off:
    mov $0x8900, %dx
    mov $shutdown_word, %esi
    mov $shutdown_word_end - shutdown_word, %ecx
    rep outsb
1:  hlt
    jmp 1b

shutdown_word:
    .ascii "Shutdown"
shutdown_word_end:

.balign 8
gdt:
    .quad 0
    .quad 0x00cf9b000000ffff    /* 0x08 code, flat */
    .quad 0x00cf93000000ffff    /* 0x10 data, flat */
gdt_pointer:
    .word . - gdt - 1
    .long gdt

.balign 8
start_info:
    .long 0x336ec578            /* magic */
    .long 1                     /* version */
    .long 0                     /* flags */
    .long 1                     /* modules */
    .long module_list, 0
    .long command_line, 0
    .quad 0                     /* no ACPI tables */
    .long memory_map, 0
    .long 2                     /* entries in it */
    .long 0
start_info_end:

module_list:
    .quad initrd_address, initrd_size, 0, 0

memory_map:                     /* address, size, type (1 is RAM) */
    .quad 0, 0x9fc00
    .long 1, 0
    .quad 0x100000, memory_size - 0x100000
    .long 1, 0

command_line:
    .incbin "command-line"
    .byte 0

.org 0xfff0
.code16
    ljmp $0xf000, $0
.org 0x10000
