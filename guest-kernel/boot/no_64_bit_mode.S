/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * The end on a CPU without 64-bit mode, for which nothing else of this kernel is made: says so on the first
 * serial port and port 0xe9, and ends as ERROR through isa-debug-exit, or else by a reset.
 */
#define PORT_DEBUG_CONSOLE 0xe9
#define PORT_DEBUG_EXIT 0xf4
#define PORT_SERIAL_1 0x3f8
#define PORT_SERIAL_1_STATUS 0x3fd
#define PORT_KEYBOARD_COMMAND 0x64
#define PORT_RESET_CONTROL 0xcf9

#define TRANSMITTER_READY 0x20
#define MOST_LOOKS 0x10000
#define DEBUG_EXIT_ERROR 0x12           /* model/verdict.h: debug_exit_code() */
#define PULSE_RESET_LINE 0xfe           /* devices/power.cpp has the sources */
#define FULL_RESET 0x06

        .section .text.boot, "ax"
        .code32
        .globl no_64_bit_mode
no_64_bit_mode:
        mov $message, %esi
1:      mov $PORT_SERIAL_1_STATUS, %dx
        mov $MOST_LOOKS, %ecx
2:      in %dx, %al                     /* all bits are set where there is no such port */
        test $TRANSMITTER_READY, %al
        loopz 2b
        lodsb
        test %al, %al
        jz 3f
        mov $PORT_SERIAL_1, %dx
        out %al, %dx
        out %al, $PORT_DEBUG_CONSOLE
        jmp 1b

3:      mov $DEBUG_EXIT_ERROR, %al
        out %al, $PORT_DEBUG_EXIT
        mov $FULL_RESET, %al
        mov $PORT_RESET_CONTROL, %dx
        out %al, %dx
        mov $PULSE_RESET_LINE, %al
        out %al, $PORT_KEYBOARD_COMMAND
        lidt no_table
        int3

        .section .rodata
message:
        .asciz "# ERROR: this CPU has no 64-bit mode (CPUID 0x80000001, EDX bit 29)\n"
        .balign 4
no_table:
        .long 0, 0

        .section .note.GNU-stack, "", @progbits
