// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Runs of one image: on this host, or in the lab.

#include <filesystem>
#include <vector>

#include "lab/image.h"
#include "measure/plan.h"
#include "measure/request.h"
#include "result/result_folder.h"
#include "stages/run_places.h"
#include "stages/stages.h"

namespace exitscope::command::measure {

/// One run that was done; its files are `serial`, `l1.json` and, in the lab, `l1.log` and `qemu.log`.
struct MeasuredRun {
    evidence::Setting setting;
    /// From 1 on.
    int repetition = 1;
    std::filesystem::path folder;
    int qemu_status = 0;
};

struct Measured {
    /// By setting as planned, then by repetition.
    std::vector<MeasuredRun> runs{};
    /// The commit of the checkout, `-dirty` where it was changed since; empty without git.
    std::string revision{};
    /// Not everything was done; why has been printed.
    bool incomplete = false;
};

/// Puts this host's KVM back in any case. Throws StageFailed and Interrupted.
[[nodiscard]] Measured measure_on_host(const RunRequest& request, const lab::Image& image, const Plan& plan,
                                       const stages::RunPlaces& places, stages::Stages& stages);

/// Both instruction sets side by side; each result is written when its run ends, and told of. Throws
/// StageFailed and Interrupted.
[[nodiscard]] Measured measure_in_lab(const RunRequest& request, const lab::Image& image, const Plan& plan,
                                      const stages::RunPlaces& places, stages::Stages& stages,
                                      result::ResultFolder& results);

}  // namespace exitscope::command::measure
