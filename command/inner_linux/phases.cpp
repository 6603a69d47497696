// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "inner_linux/phases.h"

#include <fmt/core.h>

#include <algorithm>

#include "inner_linux/exitstat_line.h"
#include "inner_linux/marked_phases.h"
#include "inner_linux/phase_numbers.h"
#include "inner_linux/signs.h"
#include "text/file.h"
#include "text/line_reader.h"

namespace exitscope::command::inner_linux {

namespace {

/// A name may be any text of the guest's; it is shown in lines of several formats.
std::string on_one_line(std::string name) {
    std::ranges::replace_if(
        name, [](unsigned char character) { return character < ' ' || character == 0x7f; }, '?');
    return name;
}

class PhaseReader {
public:
    explicit PhaseReader(const PhaseSources& sources) : sources_{sources} {
        if (sources.marks != nullptr)
            marked_.emplace(*sources.marks);
    }

    void take(std::string_view text) {
        ++number_;
        if (const auto end = text.find(work_is_done); end != std::string_view::npos) {
            done_ = true;
            numbers_.expect(text.substr(end + work_is_done.size()));
        }
        signs_.look(text);
        try {
            const auto where = fmt::format("console line {}", number_);
            if (auto line = read_exitstat_line(text, where))
                take(*line, where);
        } catch (const text::InputError& problem) {
            report_.damage.emplace_back(problem.what());
        }
    }

    report::Report finish() {
        if (done_ || (!sources_.has_end && !report_.workloads.empty()))
            report_.end_verdict = model::Verdict::pass;
        if (report_.run)
            report_.run->workloads = report_.workloads.size();
        std::ranges::move(numbers_.missing(done_ && sources_.has_end), std::back_inserter(report_.damage));
        if (report_.workloads.empty())
            report_.damage.emplace_back(
                "exitstat printed nothing: it did not run, found no counters, or the console is another one");
        if (marked_ && marked_->left() != 0 && report_.damage.empty())
            report_.damage.push_back(fmt::format(
                "{} marks more than those of the phases on the console; which is whose is not known",
                marked_->left()));
        if (!report_.damage.empty() || !report_.end_verdict)
            std::ranges::move(signs_.take(), std::back_inserter(report_.damage));
        return std::move(report_);
    }

private:
    /// The exits that were counted outside; puts them into a line that has none.
    std::optional<evidence::Counts> take_marks(ExitstatLine& line, std::string_view where) {
        if (!marked_) {
            if (line.outside())
                throw text::InputError(
                    fmt::format("{}: {}: exitstat only marked it, and nobody counted", where, line.name));
            return std::nullopt;
        }
        auto seen = marked_->next(line.since_creation, fmt::format("{}: {}", where, line.name));
        if (line.outside()) {
            line.isa = marked_->isa();
            line.paging = sources_.paging;
            line.exits = seen;
            line.total = evidence::sum_of(seen).value_or(0);
        }
        return seen;
    }

    void take(ExitstatLine& line, std::string_view where) {
        numbers_.take(line.number, line.name, where);
        const auto seen = take_marks(line, where);
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
        auto workload = workload_of(line);
        if (seen && !evidence::same_counts(line.exits, *seen)) {
            workload.verdict = model::Verdict::fail;
            workload.message = fmt::format("the counters (expected) and the tracepoint (found) differ: {}",
                                           evidence::differences(line.isa, line.exits, *seen));
        }
        report_.workloads.push_back(std::move(workload));
    }

    [[nodiscard]] report::WorkloadReport workload_of(const ExitstatLine& line) const {
        report::WorkloadReport workload{
            .name = free_name(line.name.empty() ? "phase" : on_one_line(line.name)),
            .group = std::string{report::phases},
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

    const PhaseSources& sources_;
    std::optional<MarkedPhases> marked_{};
    report::Report report_{};
    PhaseNumbers numbers_{};
    Signs signs_{};
    std::size_t number_ = 0;
    bool done_ = false;
};

}  // namespace

report::Report read_phases(const std::filesystem::path& console, const PhaseSources& sources) {
    text::LineReader lines{console};
    PhaseReader reader{sources};
    while (const auto line = lines.next())
        reader.take(*line);
    return reader.finish();
}

}  // namespace exitscope::command::inner_linux
