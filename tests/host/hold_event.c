// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
//
// Counts events of the tracepoint whose number it is given, as perf does, until it is killed.

#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    struct perf_event_attr event = {
        .type = PERF_TYPE_TRACEPOINT,
        .size = sizeof event,
        .config = argc > 1 ? strtoull(argv[1], NULL, 10) : 0,
    };

    if (syscall(SYS_perf_event_open, &event, 0, -1, -1, 0UL) < 0) {
        perror("hold_event");
        return 1;
    }
    puts("holding");
    fflush(stdout);
    for (;;)
        pause();
}
