// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "host_kvm/processes.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "host_kvm/sys_file.h"
#include "text/number.h"

namespace exitscope::command::host_kvm {

namespace {

using std::filesystem::path;

struct HostProcess {
    std::uint64_t number;
    path folder;
};

std::vector<HostProcess> all_processes(const path& proc) {
    std::vector<HostProcess> found;
    for (const auto& folder : entries_of(proc)) {
        if (const auto number = text::parse_decimal(folder.filename().string()))
            found.push_back({*number, folder});
    }
    std::ranges::sort(found, {}, &HostProcess::number);
    return found;
}

/// What a descriptor is of; empty where it may not be seen.
std::string target_of(const path& descriptor) {
    std::error_code error;
    return std::filesystem::read_symlink(descriptor, error).string();
}

/// `anon_inode:kvm-vm`, `anon_inode:kvm-vcpu:0`, `anon_inode:[kvm-gmem]`
bool names_kvm_inode(std::string_view text) {
    constexpr std::string_view prefix = "anon_inode:";
    const auto begin = text.find(prefix);
    if (begin == std::string_view::npos)
        return false;
    text.remove_prefix(begin + prefix.size());
    text.remove_prefix(std::min(text.find_first_not_of('['), text.size()));
    return text.starts_with("kvm-");
}

bool maps_kvm(const path& process) {
    std::ifstream stream{process / "maps"};
    for (std::string line; std::getline(stream, line);) {
        if (names_kvm_inode(line))
            return true;
    }
    return false;
}

bool has_kvm(const path& process) {
    return std::ranges::any_of(entries_of(process / "fd"),
                               [](const path& descriptor) {
                                   const auto target = target_of(descriptor);
                                   return target == "/dev/kvm" || names_kvm_inode(target);
                               }) ||
           maps_kvm(process);
}

std::string named(const HostProcess& process) {
    return fmt::format("{} ({})", process.number, first_line(process.folder / "comm").value_or("unknown"));
}

/// The tracepoint of a BPF program, if it is one of KVM's; empty else.
std::string kvm_tracepoint(const path& descriptor_information) {
    std::ifstream stream{descriptor_information};
    for (std::string line; std::getline(stream, line);) {
        if (line.starts_with("tp_name:") && line.find("kvm") != std::string::npos)
            return line.substr(line.find("kvm"));
    }
    return {};
}

/// What of tracing a process has open; empty for nothing.
std::string tracing_of(const path& process) {
    std::string found;
    for (const auto& descriptor : entries_of(process / "fd")) {
        const auto target = target_of(descriptor);
        if (target == "anon_inode:[perf_event]") {
            found = "perf events open";
        } else if (target == "anon_inode:bpf_link" || target == "anon_inode:bpf-prog" ||
                   target == "anon_inode:bpf-raw-tracepoint") {
            found = "a BPF program";
            if (const auto tracepoint = kvm_tracepoint(process / "fdinfo" / descriptor.filename());
                !tracepoint.empty())
                return "a BPF program on " + tracepoint;
        }
    }
    return found;
}

}  // namespace

std::vector<std::string> processes_with_kvm(const path& proc) {
    std::vector<std::string> found;
    for (const auto& process : all_processes(proc)) {
        if (has_kvm(process.folder))
            found.push_back(named(process));
    }
    return found;
}

std::vector<std::string> processes_that_may_trace(const path& proc) {
    std::vector<std::string> found;
    for (const auto& process : all_processes(proc)) {
        if (const auto what = tracing_of(process.folder); !what.empty())
            found.push_back(fmt::format("process {}, which has {}", named(process), what));
    }
    return found;
}

}  // namespace exitscope::command::host_kvm
