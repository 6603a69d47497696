// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// What the static libelf of elfutils 0.192 (Debian 13) refers to and does not hold: its trees are in a
// library that Debian does not ship. Its own definitions come first where it has them. Source: elfutils
// 0.192, lib/eu-search.h: a tree begins with its root, and without thread safety, which is Debian's build,
// nothing behind that is used.

#include <search.h>

extern "C" {

[[gnu::weak]] void eu_search_tree_init(void** root) {
    *root = nullptr;
}

[[gnu::weak]] void eu_search_tree_fini(void** root, void (*free_node)(void*)) {
    tdestroy(*root, free_node);
}

[[gnu::weak]] void* eu_tsearch(const void* key, void** root, int (*compare)(const void*, const void*)) {
    return tsearch(key, root, compare);
}

[[gnu::weak]] void* eu_tdelete(const void* key, void** root, int (*compare)(const void*, const void*)) {
    return tdelete(key, root, compare);
}

[[gnu::weak]] void* eu_tfind(const void* key, void* const* root, int (*compare)(const void*, const void*)) {
    return tfind(key, root, compare);
}
}
