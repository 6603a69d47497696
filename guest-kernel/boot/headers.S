/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * What boot loaders look for in the image: the headers of multiboot 1 and 2, and the note of PVH. All three
 * lead to boot.S in 32-bit protected mode.
 */
#include "boot/loader_magic.h"

#define MULTIBOOT_1_HEADER 0x1badb002
#define PAGE_ALIGN_MEMORY_INFO 0x3

#define MULTIBOOT_2_HEADER 0xe85250d6
#define ARCHITECTURE_I386 0

#define XEN_ELFNOTE_PHYS32_ENTRY 18

        .section .multiboot, "a"
        .balign 8
        .globl multiboot_header
multiboot_header:
        .long MULTIBOOT_1_HEADER
        .long PAGE_ALIGN_MEMORY_INFO
        .long -(MULTIBOOT_1_HEADER + PAGE_ALIGN_MEMORY_INFO)

        /* No tag but the last: the loader tells all it knows, and no screen is wanted. */
        .balign 8
multiboot_2_header:
        .long MULTIBOOT_2_HEADER
        .long ARCHITECTURE_I386
        .long multiboot_2_header_end - multiboot_2_header
        .long -(MULTIBOOT_2_HEADER + ARCHITECTURE_I386 + (multiboot_2_header_end - multiboot_2_header))
        .short 0, 0
        .long 8
multiboot_2_header_end:

        .section .note.pvh, "a", @note
        .balign 4
        .long name_end - name
        .long entry_end - entry
        .long XEN_ELFNOTE_PHYS32_ENTRY
name:   .asciz "Xen"
name_end:
        .balign 4
entry:  .long start_by_pvh
entry_end:

        .section .text.boot, "ax"
        .code32
        /* PVH leaves EAX open; EBX holds its information, as with multiboot. */
start_by_pvh:
        mov $LOADER_MAGIC_PVH, %eax
        jmp _start

        .section .note.GNU-stack, "", @progbits
