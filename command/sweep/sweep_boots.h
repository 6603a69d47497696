// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Boots of the lab that measure changes until all have been tried.

#include <vector>

#include "lab/lab_boot.h"
#include "sweep/change.h"
#include "sweep/sweep_folder.h"

namespace exitscope::command::sweep {

struct Trial {
    evidence::Setting setting;
    Change change{};
};

class SweepBoots {
public:
    SweepBoots(const SweepFolder& folder, lab::Image image, std::string l1, const stages::RunPlaces& places,
               stages::Stages& stages)
        : folder_{folder}, image_{std::move(image)}, l1_{std::move(l1)}, places_{places}, stages_{stages} {}

    /// Those that the folder does not have yet, both instruction sets side by side. Each result is there as
    /// soon as its run ends. A trial in which L1 ends is refused, and the others go on in another boot.
    /// False where a boot came to nothing; why has been printed.
    [[nodiscard]] bool measure(std::vector<Trial> trials);

private:
    struct Run {
        Trial trial;
        std::filesystem::path folder;
    };
    [[nodiscard]] bool boot_once(const std::vector<Trial>& trials);
    [[nodiscard]] lab::LabBoot boot_for(model::InstructionSet isa) const;
    [[nodiscard]] bool keep(const Run& run) const;
    [[nodiscard]] std::string tell(std::vector<Run>& pending, std::size_t all) const;
    void refuse_unmeasured(const std::vector<Run>& runs) const;

    const SweepFolder& folder_;
    lab::Image image_;
    std::string l1_;
    const stages::RunPlaces& places_;
    stages::Stages& stages_;
    int boots_ = 0;
};

}  // namespace exitscope::command::sweep
