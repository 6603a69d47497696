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

/// A tree's kernel is configured as the small ones are, and can do what they can.
void plan_settings(const RunRequest& request, Plan& plan) {
    if (!request.tree.empty()) {
        if (plan.settings.empty())
            plan.settings.assign(evidence::settings.begin(), evidence::settings.end());
        return;
    }
    const auto kernels = lab::read_kernels();
    const auto kernel = lab::find_kernel(kernels, request.l1);
    if (plan.settings.empty())
        plan.settings = kernel.settings;
    for (const auto& setting : plan.settings) {
        if (const auto mismatch = lab::mismatch(kernels, kernel, setting))
            throw text::InputError(*mismatch);
    }
}

Plan lab_plan(const RunRequest& request, std::string note) {
    Plan plan{.place = Place::lab,
              .settings = request.settings,
              .outside = request.counters == Counters::trace || !request.tree.empty(),
              .note = std::move(note)};
    if (!request.modules.empty() || !request.source.empty())
        throw text::InputError("--modules and --source are for this host's kernel; say --on host");
    plan_settings(request, plan);
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

std::string only_from_outside(const host_kvm::HostState& host) {
    return fmt::format("kvm-patch/ has no series for Linux {}: its own KVM is measured, from outside.",
                       host.release);
}

/// Whether this host's own KVM is measured, as the kernel has no series, or as it was asked for.
bool is_counted_outside(const RunRequest& request, const host_kvm::HostState& host) {
    return request.counters == Counters::trace ||
           (request.counters == Counters::any && !host.has_series && !host.in_force &&
            request.modules.empty() && request.source.empty());
}

/// What is loaded is the host's own KVM, with the paging asked for.
void count_outside(const RunRequest& request, const host_kvm::HostState& host, Plan& plan) {
    if (!request.modules.empty() || !request.source.empty())
        throw text::InputError(
            "--modules and --source are for a KVM with exit counters; --counters trace measures this host's "
            "own");
    if (!host.is_root)
        throw text::InputError(
            "this host's exits are counted from outside by root only: sudo scripts/run "
            "--on host --counters trace");
    plan.outside = true;
    plan.in_force = host.loaded;
    plan.load = plan.settings.size() != 1 || !host.loaded || plan.settings.front().name != host.loaded->name;
    if (request.counters == Counters::any)
        plan.note = only_from_outside(host);
}

Plan host_plan(const RunRequest& request, const host_kvm::HostState& host) {
    if (!request.l1.empty() || !request.huge_pages.empty() || !request.tree.empty())
        throw text::InputError(
            "--l1, --tree and --huge-pages are the lab's; this host's kernel is the one that runs, and "
            "/sys/kernel/mm/transparent_hugepage/enabled decides about huge pages");
    Plan plan{.place = Place::host, .settings = request.settings};
    if (plan.settings.empty())
        plan.settings =
            settings_of(host.isa == model::InstructionSet::unknown ? model::InstructionSet::vmx : host.isa);
    for (const auto& setting : plan.settings)
        check_cpu(setting, host);
    plan.load = !is_in_force(plan.settings, request.exit_counters, host) || !request.modules.empty();
    if (is_counted_outside(request, host))
        count_outside(request, host, plan);
    if (plan.load && host.remembers)
        throw text::InputError(
            "load-kvm has put its modules in the place of this host's already; `scripts/load-kvm --restore` "
            "first, so that what is put back afterwards is the host's own");
    return plan;
}

/// Where nobody asked for a place and this KVM has no exit counters.
Plan uncounted_plan(const RunRequest& request, const host_kvm::HostState& host) {
    const bool fits =
        host.loaded && (request.settings.empty() ||
                        (request.settings.size() == 1 && request.settings.front().name == host.loaded->name));
    if (!fits || !is_counted_outside(request, host))
        return lab_plan(request, {});
    if (!host.is_root)
        return lab_plan(request,
                        fmt::format("As root (sudo), this host's own KVM would be measured, from outside, "
                                    "under {}: using the lab.",
                                    host.loaded->name));
    auto here = request;
    here.settings = {*host.loaded};
    auto plan = host_plan(here, host);
    plan.note += fmt::format("{}Only {}, which is in force; for both kinds of paging say --on host.",
                             plan.note.empty() ? "" : "\n", host.loaded->name);
    return plan;
}

}  // namespace

Plan make_plan(const RunRequest& request, const host_kvm::HostState& host) {
    if (request.place == Place::host)
        return host_plan(request, host);
    if (request.place == Place::lab || !request.l1.empty() || !request.tree.empty() ||
        !request.huge_pages.empty())
        return lab_plan(request, {});
    if (!host.in_force || request.counters == Counters::trace)
        return uncounted_plan(request, host);
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
