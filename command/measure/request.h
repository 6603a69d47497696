// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What `exitscope run` is asked for.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/setting.h"
#include "lab/image.h"

namespace exitscope::command::measure {

enum class Place : std::uint8_t { any, host, lab };

/// Who counts: the patched KVM, or a BPF program at the tracepoints of any KVM. `any`: what the place allows.
enum class Counters : std::uint8_t { any, kvm, trace };

/// The workloads measured if none are named: the README's table, in less than a minute in the lab.
inline constexpr std::string_view chosen_workloads =
    "cpuid,rdtsc,int3,ud2,port_in,port_out,rdmsr,rdmsr_tsc,rdmsr_lstar,wrmsr,wrmsr_no_exit,cr0_wp_toggle,"
    "cr3_write,cr4_pge_toggle,hlt,nmi_window,tsc_deadline_far,guest_page_fault,invlpg,page_first_read_write,"
    "page_first_touch,page_map_touch,page_second_touch,page_table_write,mmio_first_read,mmio_read";

struct RunRequest {
    /// In the order in which they are reported; empty: what the place can do.
    std::vector<evidence::Setting> settings{};
    Place place = Place::any;
    /// Names separated by commas, or `all`.
    std::string workloads{chosen_workloads};
    /// How often each operation is done; nothing: as often as the guest does by itself.
    std::optional<int> iterations{};
    int vcpus = 1;
    /// KVM's parameter: 1 where the guest's kernel reads the counters, 2 where its programs do.
    int exit_counters = 1;
    Counters counters = Counters::any;
    /// Whether the exits are also counted from outside, and every window compared.
    bool witness = false;
    /// Runs of each setting, one after the other.
    int repeat = 1;
    /// `always` or `never`; in the lab only. Empty: not asked for.
    std::string huge_pages{};
    /// The lab's L1 kernel; empty: not asked for.
    std::string l1{};
    /// A source of Linux of the user's own, whose KVM is measured in the lab, from outside; empty: none.
    std::filesystem::path tree{};
    /// A folder with kvm.ko and its vendor module for this host; empty: build them.
    std::string modules{};
    /// The kernel's source for that build, as build-kvm takes it.
    std::string source{};
    std::filesystem::path out{"results"};
};

/// The guest kernel's command line.
[[nodiscard]] std::string guest_command_line(const RunRequest& request);

/// What is booted where its exits are counted from outside.
[[nodiscard]] lab::Image counted_outside(lab::Image image, const evidence::Setting& setting);

/// The file name, without an ending, of a setting's result: `ept=1`, and `ept=1.2` for the second of several.
[[nodiscard]] std::string result_name(std::string_view setting, int repetition);

}  // namespace exitscope::command::measure
