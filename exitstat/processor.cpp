// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "processor.h"

#include <unistd.h>

#include <cerrno>

namespace exitscope::exitstat {

unsigned online_processors() {
    const long processors = sysconf(_SC_NPROCESSORS_ONLN);
    return processors > 0 ? static_cast<unsigned>(processors) : 1U;
}

Processor::Processor(std::optional<unsigned> number) : number_{number} {
    CPU_ZERO(&before_);
    sched_getaffinity(0, sizeof(before_), &before_);
}

bool Processor::pin() const {
    if (!number_)
        return true;
    if (*number_ >= CPU_SETSIZE) {
        errno = EINVAL;
        return false;
    }
    cpu_set_t only;
    CPU_ZERO(&only);
    CPU_SET(*number_, &only);
    return sched_setaffinity(0, sizeof(only), &only) == 0;
}

void Processor::release() const {
    if (number_)
        sched_setaffinity(0, sizeof(before_), &before_);
}

}  // namespace exitscope::exitstat
