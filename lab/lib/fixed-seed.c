// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
//
// Loaded into Bochs, whose RDRAND and RDSEED are rand(), seeded with the time of day (2.7, BX_CPU_C::initialize()). With
// another seed the Linux kernels in it lay out memory otherwise, and what depends on that costs other exits; with the same
// one equal jobs do the same, instruction by instruction. EXITSCOPE_LAB_SEED is another one than 1.

#include <stdlib.h>

void srand(unsigned int time_of_day) {
    const char* seed = getenv("EXITSCOPE_LAB_SEED");
    (void)time_of_day;
    srandom(seed == NULL ? 1U : (unsigned int)strtoul(seed, NULL, 10)); // glibc's srand() by its other name
}
