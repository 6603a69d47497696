// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// A run of the lab as lab/boot takes it: a folder with one file a value (docs/lab-files.md).

#include <filesystem>
#include <string>
#include <vector>

#include "evidence/setting.h"
#include "lab/image.h"

namespace exitscope::command::lab {

/// What of L1's KVM or of the guest's machine is otherwise than usual.
struct HostChange {
    /// Parameters of kvm.ko and of the vendor module, as insmod takes them.
    std::string kvm_parameters{};
    std::string vendor_parameters{};
    /// QEMU's -machine and -cpu; empty: the usual ones.
    std::string machine{};
    std::string cpu{};
    /// More of QEMU's arguments, after all others.
    std::vector<std::string> qemu_arguments{};
    /// `always` or `never`.
    std::string huge_pages{"never"};

    bool operator==(const HostChange&) const = default;
};

struct LabRun {
    evidence::Setting setting;
    Image image;
    int vcpus = 1;
    HostChange host{};
    int exit_counters = 1;
    /// Also count kvm_exit tracepoint events.
    bool trace = false;
    /// Copy the serial output out while it comes.
    bool live = false;
    /// Once the guest prints this, what KVM says on the host's side is kept; may be empty.
    std::string observe{};
};

/// What L1 finds in /job/programs. Throws InputError for a file that is not there.
void write_lab_programs(const std::filesystem::path& job, const Image& image);

/// Throws InputError, also for a file that is not there.
void write_lab_run(const std::filesystem::path& folder, const LabRun& run);

}  // namespace exitscope::command::lab
