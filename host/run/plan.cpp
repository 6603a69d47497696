// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "run/plan.h"

#include <fmt/format.h>

#include <algorithm>

#include "file.h"
#include "lab/kernels.h"

namespace exitscope {

namespace {

std::vector<Setting> settings_of(InstructionSet isa) {
    std::vector<Setting> found;
    std::ranges::copy_if(settings, std::back_inserter(found),
                         [isa](const Setting& setting) { return setting.isa == isa; });
    return found;
}

bool is_in_force(const std::vector<Setting>& wanted, int exit_counters, const HostState& host) {
    return host.in_force && host.exit_counters >= exit_counters && wanted.size() == 1 &&
           wanted.front().name == host.in_force->name;
}

Plan lab_plan(const RunRequest& request, std::string note) {
    Plan plan{.place = Place::lab, .settings = request.settings, .note = std::move(note)};
    if (!request.modules.empty() || !request.source.empty())
        throw InputError("--modules and --source are for this host's kernel; say --on host");
    const auto kernels = command::lab::read_kernels();
    const auto kernel = command::lab::find_kernel(kernels, request.l1);
    if (plan.settings.empty())
        plan.settings = kernel.settings;
    for (const auto& setting : plan.settings) {
        if (const auto mismatch = command::lab::mismatch(kernels, kernel, setting))
            throw InputError(*mismatch);
    }
    return plan;
}

void check_cpu(const Setting& wanted, const HostState& host) {
    if (host.isa == InstructionSet::unknown)
        throw InputError(
            "this CPU shows neither vmx nor svm: switch virtualization on in the firmware (in a virtual "
            "machine: nested virtualization in its host), or say --on lab");
    if (wanted.isa != host.isa) {
        const auto possible = settings_of(host.isa);
        throw InputError(fmt::format(
            "{} is for a CPU with {}, and this one has {}; say --on lab, or measure {} and {}", wanted.name,
            name_of(wanted.isa), name_of(host.isa), possible[0].name, possible[1].name));
    }
}

Plan host_plan(const RunRequest& request, const HostState& host) {
    if (!request.l1.empty() || !request.huge_pages.empty())
        throw InputError(
            "--l1 and --huge-pages are the lab's; this host's kernel is the one that runs, and "
            "/sys/kernel/mm/transparent_hugepage/enabled decides about huge pages");
    Plan plan{.place = Place::host, .settings = request.settings};
    if (plan.settings.empty())
        plan.settings = settings_of(host.isa == InstructionSet::unknown ? InstructionSet::vmx : host.isa);
    for (const auto& setting : plan.settings)
        check_cpu(setting, host);
    plan.load = !is_in_force(plan.settings, request.exit_counters, host) || !request.modules.empty();
    if (plan.load && host.remembers)
        throw InputError(
            "load-kvm has put its modules in the place of this host's already; `scripts/load-kvm --restore` "
            "first, so that what is put back afterwards is the host's own");
    return plan;
}

}  // namespace

Plan make_plan(const RunRequest& request, const HostState& host) {
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

}  // namespace exitscope
