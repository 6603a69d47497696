// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "inner_linux/phases.h"

#include <fmt/core.h>

#include <algorithm>

#include "inner_linux/exitstat_line.h"
#include "text/file.h"
#include "text/line_reader.h"

namespace exitscope::command::inner_linux {

namespace {

/// The group under which phases stand among workloads.
constexpr std::string_view group = "linux";

class PhaseReader {
public:
    void take(std::string_view text) {
        ++number_;
        if (text.find(work_is_done) != std::string_view::npos)
            done_ = true;
        try {
            const auto where = fmt::format("console line {}", number_);
            if (const auto line = read_exitstat_line(text, where))
                take(*line, where);
        } catch (const text::InputError& problem) {
            report_.damage.emplace_back(problem.what());
        }
    }

    report::Report finish(bool has_end) {
        if (done_ || (!has_end && !report_.workloads.empty()))
            report_.end_verdict = model::Verdict::pass;
        if (report_.run)
            report_.run->workloads = report_.workloads.size();
        if (report_.workloads.empty())
            report_.damage.emplace_back(
                "exitstat printed nothing: it did not run, found no counters, or the console is another one");
        return std::move(report_);
    }

private:
    void take(const ExitstatLine& line, std::string_view where) {
        const report::RunInfo run{.counters = line.counters,
                                  .abi = line.counters == "exitscope" ? 1U : 0U,
                                  .isa = line.isa,
                                  .paging = line.paging,
                                  .iterations = 1};
        if (report_.run && *report_.run != run)
            throw text::InputError(fmt::format("{}: of another machine than the lines before it", where));
        report_.run = run;
        if (evidence::sum_of(line.exits) != line.total)
            throw text::InputError(fmt::format("{}: {}: the total is {}, and the reasons do not add up to it",
                                               where, line.name, line.total));
        report_.workloads.push_back(workload_of(line));
    }

    [[nodiscard]] report::WorkloadReport workload_of(const ExitstatLine& line) const {
        report::WorkloadReport workload{.name = free_name(line.name.empty() ? "phase" : line.name),
                                        .group = std::string{group},
                                        .verdict = model::Verdict::pass,
                                        .iterations = 1};
        report::VaryingPart window{.total = line.total, .cycles = line.cycles, .kernel_cycles = line.cycles};
        for (const auto& [reason, count] : line.exits) {
            const bool noise = evidence::is_noise(line.isa, reason);
            (noise ? window.noise : workload.exits)[reason] = count;
            workload.total += noise ? 0 : count;
        }
        workload.window = window;
        return workload;
    }

    [[nodiscard]] std::string free_name(const std::string& name) const {
        const auto taken = [this](const std::string& candidate) {
            return std::ranges::find(report_.workloads, candidate, &report::WorkloadReport::name) !=
                   report_.workloads.end();
        };
        auto free = name;
        for (int number = 2; taken(free); ++number)
            free = fmt::format("{}.{}", name, number);
        return free;
    }

    report::Report report_{};
    std::size_t number_ = 0;
    bool done_ = false;
};

}  // namespace

report::Report read_phases(const std::filesystem::path& console, bool has_end) {
    text::LineReader lines{console};
    PhaseReader reader;
    while (const auto line = lines.next())
        reader.take(*line);
    return reader.finish(has_end);
}

}  // namespace exitscope::command::inner_linux
