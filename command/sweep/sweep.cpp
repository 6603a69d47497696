// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "sweep/sweep.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <zlib.h>

#include <algorithm>

#include "lab/kernels.h"
#include "measure/request.h"
#include "stages/interruption.h"
#include "sweep/sweep_boots.h"
#include "sweep/sweep_text.h"
#include "text/file.h"
#include "text/nearest.h"

namespace exitscope::command::sweep {

namespace {

std::uint32_t check_sum(const std::filesystem::path& file) {
    const auto bytes = text::read_file(file);
    return static_cast<std::uint32_t>(
        crc32_z(0, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()));
}

lab::Image image_of(const SweepRequest& request) {
    lab::Image image{.append = measure::guest_command_line(
                         {.workloads = request.workloads, .iterations = request.iterations}),
                     .virtio_console = true};
    if (!request.guest.empty()) {
        image.kernel = request.guest;
        return image;
    }
    const auto guest = stages::built_file("guest-kernel/exitscope-guest", "exitscope-guest-image");
    image.kernel = guest.path;
    image.build = guest.words;
    return image;
}

/// `kvm.tdp_mmu=N` is meant by its whole name, by `kvm.tdp_mmu`, and by `kvm`.
bool is_meant(const std::string& asked, const std::string& name) {
    return name == asked || name.starts_with(asked + ".") || name.starts_with(asked + "=");
}

bool is_asked_for(const SweepRequest& request, const std::string& name) {
    return request.changes.empty() || std::ranges::any_of(request.changes, [&name](const std::string& asked) {
               return is_meant(asked, name);
           });
}

/// Throws InputError for what was asked for and is no change.
void check_names(const SweepRequest& request, const std::vector<std::string>& names) {
    for (const auto& asked : request.changes) {
        if (std::ranges::none_of(names, [&asked](const std::string& name) { return is_meant(asked, name); }))
            throw text::InputError(fmt::format("there is no change {} here; {} is the nearest", asked,
                                               text::nearest(asked, names)));
    }
}

std::vector<std::string> names_of(const std::vector<Change>& changes) {
    std::vector<std::string> names;
    std::ranges::transform(changes, std::back_inserter(names), &Change::name);
    return names;
}

std::vector<Trial> trials_of(const std::vector<evidence::Setting>& settings,
                             const std::vector<Change>& changes) {
    std::vector<Trial> trials;
    for (const auto& setting : settings) {
        for (const auto& change : changes)
            trials.push_back({setting, change});
    }
    return trials;
}

/// What became of each, in the order of the changes' names.
class Effects {
public:
    Effects(const SweepFolder& folder, const result::Result& unchanged, const evidence::Setting& setting)
        : folder_{folder}, unchanged_{unchanged}, setting_{setting} {}

    void add(const std::vector<Change>& changes, std::vector<ChangeEffects>& made) const {
        for (const auto& change : changes) {
            auto known =
                std::ranges::find(made, change.name, [](const auto& each) { return each.change.name; });
            if (known == made.end())
                known = made.insert(made.end(), {.change = change});
            Effect effect{.setting = std::string{setting_.name},
                          .refusal = folder_.refusal(change.name, setting_)};
            const auto changed = folder_.result(change.name, setting_);
            if (changed && changed->host && !took_place(change, *changed->host))
                effect.refusal = "KVM keeps its own value: this CPU or this setting lacks what it needs";
            else if (changed && changed->verdict == model::Verdict::crash && !changed->problems.empty())
                effect.refusal = changed->problems.front().message;
            else if (changed)
                effect.comparison = compare::compare(unchanged_, *changed);
            if (effect.comparison || !effect.refusal.empty())
                known->effects.push_back(std::move(effect));
        }
    }

private:
    const SweepFolder& folder_;
    const result::Result& unchanged_;
    const evidence::Setting& setting_;
};

}  // namespace

model::Verdict sweep(const SweepRequest& request) {
    const auto kernel = lab::find_kernel(lab::read_kernels(), request.l1);
    const auto settings = request.settings.empty() ? kernel.settings : request.settings;
    const stages::WorkFolder work;
    const auto places = stages::find_places(work.path());
    stages::Stages stages{request.out / "logs", work.path(),
                          stages::Durations{stages::cache_folder() / "durations.json"}};
    std::filesystem::create_directories(request.out / "logs");
    stages::catch_interruptions();
    fmt::print(stderr, "exitscope: sweeping; what is measured stays in {}\n", request.out.string());

    const auto image = image_of(request);
    lab::LabParts parts{.l1 = kernel.name, .isa = settings.front().isa};
    if (!image.build.empty())
        parts.beside.push_back({.name = "guest kernel", .words = image.build});
    const auto built = lab::build_lab(parts, places, stages);
    const SweepFolder folder{
        request.out, fmt::format("Linux {} ({}), guest {:08x} {}", kernel.name,
                                 built.kernel.filename().string(), check_sum(image.kernel), image.append)};
    SweepBoots boots{folder, image, kernel.name, places, stages};

    auto of_machine = machine_changes();
    auto names = names_of(of_machine);
    std::erase_if(of_machine, [&](const Change& change) { return !is_asked_for(request, change.name); });
    auto first = of_machine;
    first.insert(first.begin(), {.name = unchanged_name});
    bool complete = boots.measure(trials_of(settings, first));

    std::vector<Trial> trials;
    std::vector<std::vector<Change>> of_settings;
    for (const auto& setting : settings) {
        auto& changes = of_settings.emplace_back();
        const auto unchanged = folder.result(unchanged_name, setting);
        if (!unchanged || !unchanged->host) {
            fmt::print("{} could not be measured as it is: {}\n", setting.name,
                       folder.refusal(unchanged_name, setting));
            complete = false;
            continue;
        }
        changes = parameter_changes(*unchanged->host);
        std::ranges::copy(names_of(changes), std::back_inserter(names));
        std::erase_if(changes, [&](const Change& change) { return !is_asked_for(request, change.name); });
        const auto more = trials_of({setting}, changes);
        trials.insert(trials.end(), more.begin(), more.end());
    }
    check_names(request, names);
    complete = boots.measure(trials) && complete;

    std::vector<ChangeEffects> made;
    for (std::size_t i = 0; i < settings.size(); ++i) {
        if (const auto unchanged = folder.result(unchanged_name, settings[i])) {
            const Effects effects{folder, *unchanged, settings[i]};
            effects.add(of_settings[i], made);
            effects.add(of_machine, made);
        }
    }
    fmt::print("{}", sweep_text(made));
    fmt::print(stderr, "{} s in all: {}\n", stages.seconds(), stages.times());
    return complete ? model::Verdict::pass : model::Verdict::error;
}

}  // namespace exitscope::command::sweep
