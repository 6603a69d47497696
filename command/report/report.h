// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The serial report as a model (docs/report.md).

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "evidence/cost.h"
#include "evidence/counts.h"
#include "evidence/problem.h"
#include "model/noise.h"

namespace exitscope::command::report {

/// What the guest says about itself and its counters.
struct RunInfo {
    /// `exitscope`, a course patch's layout, or `none`.
    std::string counters{};
    std::uint64_t abi = 0;
    model::InstructionSet isa = model::InstructionSet::unknown;
    model::Paging paging = model::Paging::unknown;
    std::string features{};
    std::uint64_t slots = 0;
    std::uint64_t iterations = 0;
    /// How many the guest announces.
    std::uint64_t workloads = 0;
    /// Nothing where the guest does not say.
    std::optional<std::uint64_t> vcpus{};
    /// The pages with which the host backs the guest: `4k`, `larger`, `unknown`; empty where it does not say.
    std::string backing{};

    /// Whether the exits were counted from outside: then the report holds marks and no counts.
    [[nodiscard]] bool outside() const { return counters == "trace"; }

    bool operator==(const RunInfo&) const = default;
};

/// TSC ticks of one iteration, as the guest saw them.
struct GuestTicks {
    std::uint64_t min = 0;
    std::uint64_t median = 0;
    std::uint64_t max = 0;

    bool operator==(const GuestTicks&) const = default;
};

/// The part of a workload's window that may differ between equal runs.
struct VaryingPart {
    /// All exits, noise and reads included.
    std::uint64_t total = 0;
    /// CPUID exits of the measuring itself.
    std::uint64_t reads = 0;
    /// The number of the latch that began the window, of all of this vCPU; nothing where none was used.
    std::optional<std::uint64_t> mark{};
    evidence::Counts noise{};
    /// TSC ticks by reason, in all and in the kernel.
    evidence::Counts cycles{};
    evidence::Counts kernel_cycles{};
    GuestTicks guest_ticks{};
    /// All exits of the window of twice the iterations; nothing where that was not measured.
    std::optional<std::uint64_t> doubled_total{};
    std::optional<std::uint64_t> doubled_mark{};
    evidence::Counts doubled_noise{};
    /// Of all vCPUs, where the workload counts the VM.
    evidence::Counts vm_noise{};
    /// Where the exits are counted from outside: all windows that were measured for each of the two, by their
    /// marks, of which one without noise counts; and what is noise.
    std::vector<std::uint64_t> marks{};
    std::vector<std::uint64_t> doubled_marks{};
    model::Interrupts interrupts = model::Interrupts::off;

    bool operator==(const VaryingPart&) const = default;
};

/// The group of an inner Linux's phases. They have no oracle; what is wrong with one stands in its message.
inline constexpr std::string_view phases = "linux";

struct WorkloadReport {
    std::string name{};
    /// Its group in the catalogue; empty where the guest does not say.
    std::string group{};
    model::Verdict verdict = model::Verdict::error;
    std::string message{};
    std::uint64_t iterations = 0;
    /// Exits without noise and reads.
    std::uint64_t total = 0;
    evidence::Counts exits{};
    evidence::Counts expected{};
    /// The same of twice the iterations.
    evidence::Counts doubled{};
    evidence::ReportedCosts each{};
    evidence::ReportedCosts once{};
    /// Of all vCPUs, where the workload counts the VM.
    evidence::Counts vm_exits{};
    evidence::Counts vm_expected{};
    /// Nothing where the workload was not measured.
    std::optional<VaryingPart> window{};

    bool operator==(const WorkloadReport&) const = default;
};

/// The vCPU's counters since its creation, read last.
struct FinalReading {
    std::uint64_t total = 0;
    evidence::Counts exits{};
    /// Exits that the guest makes after the reading.
    evidence::Counts after{};

    bool operator==(const FinalReading&) const = default;
};

/// The workload that ends the guest, so that only the host can count its exits.
struct Terminal {
    std::string workload{};
    evidence::Counts expected{};

    bool operator==(const Terminal&) const = default;
};

/// What a workload is, from a report of the guest's list.
struct Description {
    std::string name{};
    std::string group{};
    std::string summary{};
    std::string why{};
    std::string source{};
};

struct Report {
    std::optional<RunInfo> run{};
    std::vector<WorkloadReport> workloads{};
    /// Why the run as a whole is ERROR, as the guest says.
    std::vector<std::string> errors{};
    /// In the catalogue's order; empty unless the run was one with `list`.
    std::vector<Description> descriptions{};
    std::optional<FinalReading> final_reading{};
    std::optional<Terminal> terminal{};
    /// What the end record says; nothing where there is none.
    std::optional<model::Verdict> end_verdict{};
    /// Lines for people that begin with `fault`.
    std::vector<std::string> faults{};
    /// The workload that the guest has begun and not reported, in quotes; empty if there is none.
    std::string measuring{};
    /// What contradicts the format or itself; a report with any is worthless.
    std::vector<std::string> damage{};

    [[nodiscard]] model::InstructionSet isa() const {
        return run ? run->isa : model::InstructionSet::unknown;
    }
};

/// The verdict that the workloads and error records add up to.
[[nodiscard]] model::Verdict verdict_of(const Report& report);

}  // namespace exitscope::command::report
