// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
//
// follow FILE PID: copies FILE to standard output as it grows, until process PID is gone and all is copied.

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int copy_new_bytes(int file) {
    char buffer[4096];
    ssize_t size;
    while ((size = read(file, buffer, sizeof buffer)) > 0)
        for (ssize_t done = 0, step; done < size; done += step)
            if ((step = write(STDOUT_FILENO, buffer + done, (size_t)(size - done))) < 0)
                return -1;
    return (int)size;
}

int main(int count, char **arguments) {
    if (count != 3) {
        fputs("usage: follow FILE PID\n", stderr);
        return 2;
    }
    const pid_t writer = atoi(arguments[2]);
    int file;
    while ((file = open(arguments[1], O_RDONLY)) < 0 && kill(writer, 0) == 0)
        usleep(20000);
    int alive;
    do {
        alive = kill(writer, 0) == 0;
        if (file >= 0 && copy_new_bytes(file) != 0)
            return 1;
        if (alive)
            usleep(20000);
    } while (alive);
    return 0;
}
