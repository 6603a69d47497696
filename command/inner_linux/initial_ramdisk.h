// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Whether an initial ramdisk can do what an inner Linux wants of it, as far as that shows before it is
// booted.

#include <string>
#include <string_view>

namespace exitscope::command::inner_linux {

/// What is wrong with the bytes of an initial ramdisk; empty where nothing is, or nothing is known: what is
/// compressed is not unpacked here.
///
/// Source: Linux, Documentation/driver-api/early-userspace/buffer-format.rst and lib/decompress.c.
[[nodiscard]] std::string ramdisk_problem(std::string_view bytes);

}  // namespace exitscope::command::inner_linux
