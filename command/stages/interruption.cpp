// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "stages/interruption.h"

#include <csignal>
#include <initializer_list>

namespace exitscope::command::stages {

namespace {

volatile std::sig_atomic_t first_signal = 0;

extern "C" void remember(int number) {
    if (first_signal == 0)
        first_signal = number;
}

}  // namespace

void catch_interruptions() {
    first_signal = 0;
    struct sigaction action = {};
    action.sa_handler = remember;
    sigemptyset(&action.sa_mask);
    for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction before = {};
        sigaction(number, nullptr, &before);
        if (before.sa_handler != SIG_IGN)  // as nohup(1) wants it
            sigaction(number, &action, nullptr);
    }
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, nullptr);
}

int interruption() {
    return first_signal;
}

}  // namespace exitscope::command::stages
