// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// How load-kvm ends.

#include <stdexcept>
#include <string>

namespace exitscope::command::load_kvm {

/// Its exit code. 2 is wrong usage, which is found before.
enum class Exit : int {
    done = 0,
    /// Failed, and KVM is as it was.
    failed = 1,
    /// Something forbids it, and nothing was changed.
    refused = 3,
    /// Failed, and KVM is not as it was.
    not_back = 4,
    /// Something is missing, and nothing was changed. EX_UNAVAILABLE of sysexits.h, as `lab` has it.
    missing = 69,
};

/// Ends what load-kvm does, with a message that says why and what to do.
class Failure : public std::runtime_error {
public:
    Failure(Exit exit, const std::string& message) : std::runtime_error{message}, exit_{exit} {}

    [[nodiscard]] Exit exit() const { return exit_; }

private:
    Exit exit_;
};

/// Prints `load-kvm: MESSAGE` on standard error.
void say(const std::string& message);

}  // namespace exitscope::command::load_kvm
