// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The types of the events, for libbpf, which places the program's loads by them. They are made from the
// format files, so no kernel needs type information of its own (BTF), and KVM's modules need none either.
// The process to count is in them, too, as an enumerator that becomes a constant of the program.

#include <sys/types.h>

#include <string>
#include <string_view>

namespace exitscope::trace {

/// A file of BTF that lives as long as this.
class EventTypes {
public:
    /// Reads the format files below `events`, the folder `events/kvm` of tracefs. Throws CannotTrace.
    EventTypes(const std::string& events, pid_t vmm);
    ~EventTypes();
    EventTypes(const EventTypes&) = delete;
    EventTypes& operator=(const EventTypes&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }

private:
    int file_ = -1;
    std::string path_;
};

}  // namespace exitscope::trace
