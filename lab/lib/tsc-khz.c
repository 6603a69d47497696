// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
//
// Prints the time stamp counter's rate in kHz. QEMU TCG passes the host's counter on to L1, and L1, without
// ACPI, has no clock it could measure it with; so the launcher measures and tells it.

#include <stdio.h>
#include <time.h>
#include <x86intrin.h>

static double now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC_RAW, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

int main(void) {
    const double begin = now_ms();
    const unsigned long long first = __rdtsc();
    double end;
    unsigned long long last;
    do {
        end = now_ms();
        last = __rdtsc();
    } while (end - begin < 50);
    printf("%.0f\n", (double)(last - first) / (end - begin));
    return 0;
}
