// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "measure/plan.h"

#include <fmt/core.h>

#include <algorithm>

#include "lab/kernels.h"
#include "text/file.h"

namespace exitscope::command::measure {

namespace {

std::vector<evidence::Setting> settings_of(model::InstructionSet isa) {
    std::vector<evidence::Setting> found;
    std::ranges::copy_if(evidence::settings, std::back_inserter(found),
                         [isa](const evidence::Setting& setting) { return setting.isa == isa; });
    return found;
}

bool is_in_force(const std::vector<evidence::Setting>& wanted, int exit_counters,
                 const host_kvm::HostState& host) {
    return host.in_force && host.exit_counters >= exit_counters && wanted.size() == 1 &&
           wanted.front().name == host.in_force->name;
}

Plan lab_plan(const RunRequest& request, std::string note) {
    Plan plan{.place = Place::lab, .settings = request.settings, .note = std::move(note)};
    if (!request.modules.empty() || !request.source.empty())
        throw text::InputError("--modules and --source are for this host's kernel; say --on host");
    const auto kernels = lab::read_kernels();
    const auto kernel = lab::find_kernel(kernels, request.l1);
    if (plan.settings.empty())
        plan.settings = kernel.settings;
    for (const auto& setting : plan.settings) {
        if (const auto mismatch = lab::mismatch(kernels, kernel, setting))
            throw text::InputError(*mismatch);
    }
    return plan;
}

void check_cpu(const evidence::Setting& wanted, const host_kvm::HostState& host) {
    if (host.isa == model::InstructionSet::unknown)
        throw text::InputError(
            "this CPU shows neither vmx nor svm: switch virtualization on in the firmware (in a virtual "
            "machine: nested virtualization in its host), or say --on lab");
    if (wanted.isa != host.isa) {
        const auto possible = settings_of(host.isa);
        throw text::InputError(fmt::format(
            "{} is for a CPU with {}, and this one has {}; say --on lab, or measure {} and {}", wanted.name,
            name_of(wanted.isa), name_of(host.isa), possible[0].name, possible[1].name));
    }
}

Plan host_plan(const RunRequest& request, const host_kvm::HostState& host) {
    if (!request.l1.empty() || !request.huge_pages.empty())
        throw text::InputError(
            "--l1 and --huge-pages are the lab's; this host's kernel is the one that runs, and "
            "/sys/kernel/mm/transparent_hugepage/enabled decides about huge pages");
    Plan plan{.place = Place::host, .settings = request.settings};
    if (plan.settings.empty())
        plan.settings =
            settings_of(host.isa == model::InstructionSet::unknown ? model::InstructionSet::vmx : host.isa);
    for (const auto& setting : plan.settings)
        check_cpu(setting, host);
    plan.load = !is_in_force(plan.settings, request.exit_counters, host) || !request.modules.empty();
    if (plan.load && host.remembers)
        throw text::InputError(
            "load-kvm has put its modules in the place of this host's already; `scripts/load-kvm --restore` "
            "first, so that what is put back afterwards is the host's own");
    return plan;
}

}  // namespace

Plan make_plan(const RunRequest& request, const host_kvm::HostState& host) {
    if (request.place == Place::host)
        return host_plan(request, host);
    if (request.place == Place::lab || !request.l1.empty() || !request.huge_pages.empty())
        return lab_plan(request, {});
    if (!host.in_force)
        return lab_plan(request, {});
    if (host.exit_counters < request.exit_counters)
        return lab_plan(request,
                        fmt::format("This KVM has exit counters, but {} (exit_counters={}): using the lab.",
                                    host.exit_counters == 0 ? "they are off" : "for the guest's kernel only",
                                    host.exit_counters));
    if (!host.kvm_opens)
        return lab_plan(
            request,
            "This KVM has exit counters, but /dev/kvm may not be opened (group kvm?): using the lab.");
    if (!request.settings.empty() && !is_in_force(request.settings, request.exit_counters, host))
        return lab_plan(request, {});
    return {.place = Place::host, .settings = {*host.in_force}};
}

}  // namespace exitscope::command::measure
