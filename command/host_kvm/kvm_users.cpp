// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "host_kvm/kvm_users.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>

#include "host_kvm/modules.h"
#include "host_kvm/processes.h"
#include "host_kvm/sys_file.h"
#include "host_kvm/tracing.h"

namespace exitscope::command::host_kvm {

namespace {

using std::filesystem::path;

long users_counted(const path& module) {
    const auto text = first_line(module / "refcnt").value_or("0");
    long count = 0;
    std::from_chars(text.data(), text.data() + text.size(), count);
    return count;
}

/// For a count that nothing seen so far explains: what else keeps a reference.
KvmUser unseen_user(const HostFolders& folders, std::string_view module, long count) {
    const auto name =
        fmt::format("{} {} of {} that {} no process, module or tracing session seen {}", count,
                    count == 1 ? "user" : "users", module, count == 1 ? "is" : "are",
                    geteuid() == 0 ? "from here (another PID namespace?)" : "by this user; root sees more");
    auto candidates = processes_that_may_trace(folders.proc);
    for (auto& event : dynamic_events_on_kvm(folders.sys))
        candidates.push_back(std::move(event));
    std::string list;
    for (const auto& candidate : candidates)
        list += (list.empty() ? "it may be " : " or ") + candidate;
    return {.name = name,
            .remedy = list.empty() ? "it may be a pinned BPF program: bpftool link, ls /sys/fs/bpf" : list};
}

}  // namespace

std::string text_of(const KvmUser& user) {
    return user.remedy.empty() ? user.name : user.name + "; " + user.remedy;
}

std::vector<KvmUser> kvm_users(const HostFolders& folders) {
    std::vector<KvmUser> users;
    for (const auto& process : processes_with_kvm(folders.proc))
        users.push_back({.name = fmt::format("process {}", process)});
    const auto tracing = tracing_of_kvm(folders.sys);
    const bool explained = !users.empty() || std::ranges::any_of(tracing, &KvmTracing::holds_module);
    for (const auto module : loaded_modules(folders.sys)) {
        const auto folder = folders.sys / "module" / module;
        auto count = users_counted(folder);
        for (const auto& holder : entries_of(folder / "holders")) {
            const auto name = holder.filename().string();
            --count;
            if (std::ranges::find(kvm_modules, name) == kvm_modules.end())
                users.push_back({.name = "module " + name});
        }
        if (count > 0 && !explained)
            users.push_back(unseen_user(folders, module, count));
    }
    for (const auto& each : tracing)
        users.push_back({.name = each.name, .remedy = each.remedy});
    return users;
}

}  // namespace exitscope::command::host_kvm
