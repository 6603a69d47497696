// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What `exitscope load-kvm` does: each returns its exit code (Exit, or 128 + N if signal N ended it and
// KVM is as it was), says on standard error why it is not 0, and throws nothing.
//
// Before the first change the KVM that is loaded is remembered on disk. If then a step fails, or SIGINT,
// SIGTERM or SIGHUP comes, the step under way is finished and that KVM is put back; after SIGKILL
// restore() does it.

#include "load_kvm/new_modules.h"

namespace exitscope::command::load_kvm {

/// Loads KVM with the exit counters in the place of what is loaded.
[[nodiscard]] int load(const LoadRequest& request);

/// Puts back what was loaded before the first load().
[[nodiscard]] int restore();

/// Prints what is in force, and what restore() would put back.
[[nodiscard]] int show();

}  // namespace exitscope::command::load_kvm
