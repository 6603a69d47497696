// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// One load-kvm at a time.

#include "host_kvm/host_state.h"

namespace exitscope::command::load_kvm {

class Lock {
public:
    /// Makes the folder of HostFolders::state and waits 5 seconds at most. Throws Failure if another
    /// load-kvm is at work, and InputError.
    ///
    /// Programs that are started inherit the lock: after SIGKILL the next load-kvm waits for the one that is
    /// under way.
    explicit Lock(const host_kvm::HostFolders& folders);
    ~Lock();
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
    Lock(Lock&&) = delete;
    Lock& operator=(Lock&&) = delete;

private:
    int descriptor_ = -1;
};

}  // namespace exitscope::command::load_kvm
