// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
//
// count-events ID FILE: counts the events of the tracepoint ID (events/.../id in tracefs) on L1's one processor, with a perf counter:
// it costs an event a third of what a histogram does. Prints the process that counts and returns; at SIGTERM that one writes the
// number to FILE and ends.

#include <linux/perf_event.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static int fail(const char* what) {
    perror(what);
    return 1;
}

// Under another name first: who waits for the file finds all of it.
static int write_count(int counter, const char* file) {
    char part[256];
    unsigned long long count;
    snprintf(part, sizeof(part), "%s.part", file);
    FILE* out = fopen(part, "w");
    if (out == NULL || read(counter, &count, sizeof(count)) != sizeof(count))
        return fail(part);
    fprintf(out, "%llu\n", count);
    return fclose(out) == 0 && rename(part, file) == 0 ? 0 : fail(file);
}

int main(int argc, char** argv) {
    if (argc != 3 || sysconf(_SC_NPROCESSORS_ONLN) != 1)
        return 2;
    struct perf_event_attr attributes;
    memset(&attributes, 0, sizeof(attributes));
    attributes.type = PERF_TYPE_TRACEPOINT;
    attributes.size = sizeof(attributes);
    attributes.config = strtoull(argv[1], NULL, 10);
    const int counter = (int)syscall(SYS_perf_event_open, &attributes, -1, 0, -1, 0);
    if (counter < 0)
        return fail("perf_event_open");
    sigset_t wanted;
    sigemptyset(&wanted);
    sigaddset(&wanted, SIGTERM);
    sigprocmask(SIG_BLOCK, &wanted, NULL);
    const pid_t child = fork();
    if (child < 0)
        return fail("fork");
    if (child > 0) {
        printf("%d\n", (int)child);
        return 0;
    }
    fclose(stdout); // whoever reads the number waits for its end
    int signal_number;
    sigwait(&wanted, &signal_number);
    return write_count(counter, argv[2]);
}
