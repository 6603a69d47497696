/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * First process of an inner Linux: prints what that Linux found, and every CPUID result, and reboots.
 */
#include <cpuid.h>
#include <stdio.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <termios.h>
#include <unistd.h>

static void print_file(const char* path) {
    FILE* file = fopen(path, "r");
    char line[1024];

    while (file && fgets(line, sizeof(line), file))
        printf("%s: %s", path, line);
    if (file)
        fclose(file);
}

static void print_leaves(unsigned int first, unsigned int last, unsigned int subleaves) {
    unsigned int a, b, c, d;

    for (unsigned int leaf = first; leaf <= last; leaf++) {
        for (unsigned int subleaf = 0; subleaf < subleaves; subleaf++) {
            __cpuid_count(leaf, subleaf, a, b, c, d);
            printf("cpuid %08x %x: %08x %08x %08x %08x\n", leaf, subleaf, a, b, c, d);
        }
    }
}

/* The kernel's messages without their times. */
static void print_log(void) {
    static char log[1 << 18];
    int bytes = klogctl(3 /* SYSLOG_ACTION_READ_ALL */, log, sizeof(log) - 1);
    char* line;

    log[bytes > 0 ? bytes : 0] = '\0';
    for (line = strtok(log, "\n"); line; line = strtok(NULL, "\n")) {
        char* text = strstr(line, "] ");

        printf("log: %s\n", text ? text + 2 : line);
    }
}

int main(void) {
    static const char* const files[] = {"/proc/cpuinfo",     "/proc/iomem",  "/proc/ioports",
                                        "/proc/filesystems", "/proc/misc",   "/proc/devices",
                                        "/proc/version",     "/proc/cmdline"};

    mount("proc", "/proc", "proc", 0, NULL);
    for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
        print_file(files[i]);
    print_leaves(0, 0x20, 4);
    print_leaves(0x40000000, 0x40000010, 1);
    print_leaves(0x4fffff00, 0x4fffffff, 2);
    print_leaves(0x80000000, 0x80000022, 2);
    print_log();
    puts("end of the facts");
    fflush(stdout);
    tcdrain(1);
    return reboot(RB_AUTOBOOT);
}
