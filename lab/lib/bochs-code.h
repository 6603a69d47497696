// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
//
// Changes the code of the Bochs that this is loaded into.

#pragma once

#include <stdbool.h>
#include <stddef.h>

// Writes code over the first bytes of a function. False where this system does not let code be changed; errno
// says why.
bool write_code(void* function, const unsigned char* code, size_t size);
