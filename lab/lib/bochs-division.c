// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
//
// Loaded into Bochs, whose IDIV of 64 bits gives garbage where a new GCC has compiled it, so that no Linux starts
// (docs/emulators.md). If one division by its function is wrong, a jump to a right one takes the function's place.

#define _GNU_SOURCE
#include "bochs-code.h"

#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct number {
    uint64_t low;
    int64_t high;
};

typedef void division(struct number* quotient, int64_t* remainder, const struct number* dividend, int64_t divisor);

static void divide(struct number* quotient, int64_t* remainder, const struct number* dividend, int64_t divisor) {
    const __int128 whole = (__int128)(((unsigned __int128)(uint64_t)dividend->high << 64) | dividend->low);
    const __int128 result = whole / divisor;
    quotient->low = (uint64_t)result;
    quotient->high = (int64_t)(result >> 64);
    *remainder = (int64_t)(whole % divisor);
}

// -7 / 2 is -3, and -1 remains.
static int divides(division* function) {
    const struct number dividend = {(uint64_t)-7, -1};
    struct number quotient = {0, 0};
    int64_t remainder = 0;
    function(&quotient, &remainder, &dividend, 2);
    return quotient.low == (uint64_t)-3 && quotient.high == -1 && remainder == -1;
}

// Writes a jump to divide() over the function's first bytes.
static void replace(unsigned char* function) {
    unsigned char jump[] = {0x48, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xe0}; // mov $divide, %rax; jmp *%rax
    division* const target = divide;
    memcpy(jump + 2, &target, sizeof target);
    if (!write_code(function, jump, sizeof jump)) {
        perror("the division of this Bochs is wrong, and this system does not let it be mended");
        exit(1);
    }
}

__attribute__((constructor)) static void mend_division(void) {
    // 2.7 and 3.0, and 3.1; only a Bochs has such a function.
    static const char* const names[] = {"_Z9long_idivP7Bit128sPlS0_l", "_Z9long_idivP7Bit128sPlPKS_l"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        unsigned char* const place = dlsym(RTLD_DEFAULT, names[i]);
        division* function = NULL;
        memcpy(&function, &place, sizeof function);
        if (place != NULL && !divides(function))
            replace(place);
    }
}
