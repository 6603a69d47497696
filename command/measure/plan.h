// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Where a run is done, under which settings, and whether this host's KVM has to be replaced for it.

#include <string>
#include <vector>

#include "host_kvm/host_state.h"
#include "measure/request.h"

namespace exitscope::command::measure {

struct Plan {
    /// `host` or `lab`.
    Place place = Place::lab;
    std::vector<evidence::Setting> settings{};
    /// On the host: load each setting, and put back in the end what was loaded.
    bool load = false;
    /// Exits are counted from outside (docs/trace.md); what is loaded on the host is its own KVM then.
    bool outside = false;
    /// Where `outside`: the setting that this host's KVM has now, which need not be loaded.
    std::optional<evidence::Setting> in_force{};
    /// What the user should know, for example why it is the lab; may be empty.
    std::string note{};
};

/// Throws InputError, with the remedy, for what cannot be done.
[[nodiscard]] Plan make_plan(const RunRequest& request, const host_kvm::HostState& host);

}  // namespace exitscope::command::measure
