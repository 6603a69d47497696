/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
#include "kmalloc_trace.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../guest.h"

#define TRACING "/sys/kernel/tracing/"

static void write_file(const char* path, const char* text) {
    int file = must(open(path, O_WRONLY | O_TRUNC | O_CLOEXEC), path);

    must(write(file, text, strlen(text)), path);
    close(file);
}

void kmalloc_trace_begin(void) {
    write_file(TRACING "trace", "\n");
    write_file(TRACING "events/kmem/kmalloc/filter", "bytes_req > 4096");
    write_file(TRACING "events/kmem/kmalloc/enable", "1");
    write_file(TRACING "events/kmem/kfree/enable", "1");
}

/* The pointer, which the kernel prints hashed, but always alike. */
static const char* pointer_in(const char* line) {
    static char pointer[32];
    const char* found = strstr(line, "ptr=");

    return found && sscanf(found, "ptr=%31s", pointer) == 1 ? pointer : "";
}

struct kmalloc_balance kmalloc_trace_end(void) {
    static char held[64][32];
    struct kmalloc_balance balance = {};
    char line[512];
    FILE* file;

    write_file(TRACING "events/kmem/kmalloc/enable", "0");
    write_file(TRACING "events/kmem/kfree/enable", "0");
    memset(held, 0, sizeof(held));
    file = fopen(TRACING "trace", "r");
    must(file ? 0 : -1, TRACING "trace");
    while (fgets(line, sizeof(line), file)) {
        if (strstr(line, ": kmalloc: ") && balance.allocated < 64) {
            strcpy(held[balance.allocated++], pointer_in(line));
        } else if (strstr(line, ": kfree: ")) {
            for (unsigned int i = 0; i < balance.allocated; i++) {
                if (strcmp(held[i], pointer_in(line)) == 0)
                    held[i][0] = '\0';
            }
        }
    }
    fclose(file);
    for (unsigned int i = 0; i < balance.allocated; i++)
        balance.lost += held[i][0] != '\0';
    return balance;
}
