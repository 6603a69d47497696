// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// One boot of L1 as lab/boot does it, and what it takes.

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "evidence/reasons.h"
#include "evidence/setting.h"
#include "stages/run_places.h"
#include "stages/stages.h"

namespace exitscope::command::lab {

/// The KVM that L1 loads.
enum class LabKvm : std::uint8_t { patched, stock };

struct LabParts {
    std::string l1;
    /// A source of Linux to make the L1 kernel and its KVM of, in place of `l1`; empty: none.
    std::filesystem::path tree{};
    /// The instruction set whose KVM modules are built first.
    model::InstructionSet isa;
    LabKvm kvm = LabKvm::patched;
    /// A folder of built modules; may be empty.
    std::filesystem::path modules{};
    /// What else is built meanwhile.
    std::vector<stages::Step> beside{};
};

struct BuiltLab {
    /// Of the L1 kernel, as lab/build-kernel prints it.
    std::filesystem::path kernel;
    std::filesystem::path modules;
};

/// Builds, where they are not in the cache yet, the L1 kernel, its base image and its KVM modules, where
/// those are not given. Throws StageFailed and Interrupted.
[[nodiscard]] BuiltLab build_lab(const LabParts& parts, const stages::RunPlaces& places,
                                 stages::Stages& stages);

struct LabBoot {
    model::InstructionSet isa;
    std::filesystem::path job;
    std::filesystem::path results;
    /// Empty: the patched ones for this instruction set, which the boot builds first.
    std::filesystem::path modules{};
    std::string l1{};
    /// The folder of a kernel made of the user's own tree, in place of `l1`; empty: none.
    std::filesystem::path kernel{};
    /// Of the modules that the boot builds.
    LabKvm kvm = LabKvm::patched;
    /// By this machine's clock, for all runs.
    std::chrono::seconds limit{};
    /// Copy the serial output of the runs that want it to standard output.
    bool live = false;
};

/// The program and arguments that do it.
[[nodiscard]] std::vector<std::string> words_of(const LabBoot& boot, const stages::RunPlaces& places);

/// Whether L1 began this run: where it has no status and no error, L1 ended in it.
[[nodiscard]] bool was_begun(const std::filesystem::path& run);

/// QEMU's exit status; nothing if the run was not done.
[[nodiscard]] std::optional<int> qemu_status_in(const std::filesystem::path& run);

}  // namespace exitscope::command::lab
