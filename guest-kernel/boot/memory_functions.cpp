// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// The functions that a compiler and a freestanding standard library call on their own.

#include <cstddef>
#include <cstdint>

extern "C" {

// The loops must not be turned into calls of themselves: built with -fno-tree-loop-distribute-patterns.

void* memcpy(void* to, const void* from, std::size_t size) {
    auto* target = static_cast<std::uint8_t*>(to);
    const auto* source = static_cast<const std::uint8_t*>(from);
    for (std::size_t i = 0; i < size; ++i)
        target[i] = source[i];
    return to;
}

void* memmove(void* to, const void* from, std::size_t size) {
    auto* target = static_cast<std::uint8_t*>(to);
    const auto* source = static_cast<const std::uint8_t*>(from);
    if (target <= source)
        return memcpy(to, from, size);
    while (size-- > 0)
        target[size] = source[size];
    return to;
}

void* memset(void* to, int value, std::size_t size) {
    auto* target = static_cast<std::uint8_t*>(to);
    for (std::size_t i = 0; i < size; ++i)
        target[i] = static_cast<std::uint8_t>(value);
    return to;
}

int memcmp(const void* one, const void* other, std::size_t size) {
    const auto* left = static_cast<const std::uint8_t*>(one);
    const auto* right = static_cast<const std::uint8_t*>(other);
    for (std::size_t i = 0; i < size; ++i) {
        if (left[i] != right[i])
            return left[i] < right[i] ? -1 : 1;
    }
    return 0;
}

std::size_t strlen(const char* text) {
    std::size_t length = 0;
    while (text[length] != '\0')
        ++length;
    return length;
}

}  // extern "C"
