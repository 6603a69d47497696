// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "bochs-code.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

bool write_code(void* function, const unsigned char* code, size_t size) {
    const uintptr_t begin = (uintptr_t)function & -(uintptr_t)sysconf(_SC_PAGESIZE);
    const size_t changed = (uintptr_t)function + size - begin;
    if (mprotect((void*)begin, changed, PROT_READ | PROT_WRITE | PROT_EXEC) != 0)
        return false;
    memcpy(function, code, size);
    mprotect((void*)begin, changed, PROT_READ | PROT_EXEC);
    return true;
}
