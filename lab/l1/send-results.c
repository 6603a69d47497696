// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
//
// Copies standard input to the parallel port byte by byte. With the argument `end` it then ends the machine.
//
// A parallel port is the one device that both emulators write to a file exactly, at once, and without
// pretending how long a wire takes. The machine ends through isa-debug-exit (QEMU) or port 0x8900 (Bochs);
// each emulator ignores the other's port.

#include <stdio.h>
#include <string.h>
#include <sys/io.h>
#include <termios.h>
#include <unistd.h>

enum { data_port = 0x378, control_port = 0x37a, qemu_exit_port = 0x501, bochs_exit_port = 0x8900 };

// Control register: bit 2 is "initialize" (active low), bit 3 selects the printer, bit 0 is the strobe.
enum { idle = 0x0c, strobe = 0x0d };

static void end_machine(void) {
    tcdrain(STDERR_FILENO); // the log's last lines
    for (const char *word = "Shutdown"; *word; word++)
        outb((unsigned char)*word, bochs_exit_port);
    outb(0, qemu_exit_port);
    sleep(60); // QEMU from 10.0 on only begins to end now, and L1 panics when this program's caller ends
}

int main(int count, char **arguments) {
    if (iopl(3) != 0) {
        perror("send-results: iopl");
        return 1;
    }
    static unsigned char buffer[65536];
    ssize_t size;
    outb(idle, control_port);
    while ((size = read(STDIN_FILENO, buffer, sizeof buffer)) > 0)
        for (ssize_t i = 0; i < size; i++) {
            outb(buffer[i], data_port);
            outb(strobe, control_port);
            outb(idle, control_port);
        }
    if (count < 2 || strcmp(arguments[1], "end") != 0)
        return 0;
    end_machine();
    return 1;
}
