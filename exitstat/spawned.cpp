// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "spawned.h"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>

namespace exitscope::exitstat {

namespace {

constexpr int not_found = 127;
constexpr int not_executable = 126;
constexpr int of_a_signal = 128;

void ignore_interrupts() {
    std::signal(SIGINT, SIG_IGN);
    std::signal(SIGQUIT, SIG_IGN);
}

int spawn(char** words, pid_t& child) {
    // posix_spawn shares this process's memory until exec, where fork would copy its page tables: exits,
    // under shadow paging.
    posix_spawnattr_t attributes;
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGINT);
    sigaddset(&defaults, SIGQUIT);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    const int error = posix_spawnp(&child, words[0], nullptr, &attributes, words, environ);
    posix_spawnattr_destroy(&attributes);
    return error;
}

}  // namespace

int run_command(char** words) {
    pid_t child = -1;
    ignore_interrupts();
    if (const int error = spawn(words, child); error != 0) {
        std::fprintf(stderr, "exitstat: %s: %s\n", words[0], std::strerror(error));
        return error == ENOENT ? not_found : not_executable;
    }
    int status = 0;
    while (waitpid(child, &status, 0) == -1 && errno == EINTR)
        continue;
    return WIFSIGNALED(status) ? of_a_signal + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace exitscope::exitstat
