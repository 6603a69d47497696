/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * The whole firmware of the Bochs machine: from the reset vector straight into L1's kernel.
 *
 * Kernel and initial ramdisk are one image of memory, which ends in a magic word. Bochs puts it into memory before the
 * first instruction (optramimage), so there is nothing to load. Bochs gives memory its backing in blocks of 128 KiB in the
 * order of first use, but reads an image as if the backing were in place; hence the image's blocks are used here first and
 * in order. Bochs 3.1 puts the image elsewhere (docs/emulators.md); where the magic word is missing, the image is read from
 * the first disk by PIO, which takes two thirds of a second. L1 needs no BIOS service. Linux is entered by the PVH protocol
 * (Documentation of QEMU and Xen: "x86/HVM direct boot ABI"): 32-bit flat, paging off, EBX at the start info.
 *
 * Symbols given by the launcher: kernel_entry, image_address, image_size, sectors_per_read (at most 255; the image is a
 * multiple of so many), initrd_address, initrd_size, memory_size.
 */

.set mark, 0x500                /* a RAM word; not zero after a reset that was no power-on */
.set start_info_in_ram, 0x600

.set magic, 0x6b5a3c2d

/* Source: ATA-5 (T13/1321D), "READ SECTOR(S)" and "PIO data-in command protocol". */
.set ata_data, 0x1f0
.set ata_sector_count, 0x1f2    /* then three ports for bits 0 to 23 of the sector's number */
.set ata_device, 0x1f6
.set ata_device_lba, 0xe0       /* device 0, bits 24 to 27 of the sector's number */
.set ata_command, 0x1f7         /* read: status */
.set ata_read_sectors, 0x20
.set ata_busy, 0x80
.set ata_data_ready, 0x08
.set ata_error, 0x01
.set ata_control, 0x3f6
.set ata_no_interrupt, 0x02
.set sector_size, 512

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
    cmpl $magic, mark           /* L1 has reset the machine: it is over */
    je power_off
    movl $magic, mark
    cmpl $magic, image_address + image_size - 4
    je enter_kernel

    mov $ata_control, %dx
    mov $ata_no_interrupt, %al
    out %al, %dx
    mov $image_address, %edi
    xor %ebx, %ebx              /* the next sector */
read:
    mov $ata_sector_count, %dx
    mov $sectors_per_read, %al
    out %al, %dx
    mov %ebx, %eax
    inc %dx
    out %al, %dx
    shr $8, %eax
    inc %dx
    out %al, %dx
    shr $8, %eax
    inc %dx
    out %al, %dx
    shr $8, %eax
    or $ata_device_lba, %al
    inc %dx
    out %al, %dx
    inc %dx
    mov $ata_read_sectors, %al
    out %al, %dx
    mov $sectors_per_read, %esi
sector:
    mov $ata_command, %dx
1:  in %dx, %al
    test $ata_busy, %al
    jnz 1b
    test $ata_error, %al
    jnz power_off
    test $ata_data_ready, %al
    jz 1b
    mov $sector_size / 4, %ecx
    mov $ata_data, %dx
    rep insl
    dec %esi
    jnz sector
    add $sectors_per_read, %ebx
    cmp $image_size / sector_size, %ebx
    jb read
    cmpl $magic, image_address + image_size - 4
    jne power_off

enter_kernel:
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
