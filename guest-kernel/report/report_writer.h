// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The report on the console: KTAP with checked records (docs/report.md).

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "meter/counter_source.h"
#include "meter/exit_meter.h"
#include "model/noise.h"
#include "model/price.h"
#include "model/subject.h"
#include "model/verdict.h"
#include "report/record.h"
#include "report/spread.h"
#include "report/text.h"
#include "workloads/workload.h"

namespace exitscope::report {

/// Sends text to the reader of the report.
using Sink = void (*)(std::string_view text);

/// The costs of finishing the report, which the `final` record has to know in advance.
struct ClosingCosts {
    /// The exits that sending some bytes takes.
    std::uint64_t (*exits_to_send)(std::uint64_t bytes) = nullptr;
    std::uint64_t exits_to_stop = 0;
};

/// One workload's outcome, as it is reported.
struct Outcome {
    std::string_view name;
    /// Reported where it is set.
    std::optional<workloads::Group> group{};
    model::Verdict verdict = model::Verdict::error;
    model::Interrupts interrupts = model::Interrupts::off;
    std::uint64_t iterations = 0;
    /// Empty where nothing was measured.
    const meter::Window* window = nullptr;
    /// The window of twice the iterations; empty where it was not measured.
    const meter::Window* doubled = nullptr;
    model::Price price{};
    /// Of all vCPUs, where their exits were measured.
    model::Expected vm_expected{};
    /// TSC ticks of one iteration, as the guest saw them.
    Spread guest_ticks{};
    /// Where the host counts: the marks of every window that was measured for each of the two.
    std::span<const std::uint64_t> marks{};
    std::span<const std::uint64_t> doubled_marks{};
    /// Why the verdict is not PASS.
    std::string_view message{};
};

/// Prints the report line by line and keeps the records' numbers and the run's verdict.
///
/// Exits: the sink's. Nothing is printed while a window is open.
class ReportWriter {
public:
    /// `room` holds one line at a time; a longer line would be cut, which its missing check sum shows.
    constexpr ReportWriter(Sink sink, std::span<char> room) : sink_{sink}, line_{room} {}

    /// Prints the head and the plan.
    void begin(const meter::CounterSource& source, const model::Subject& subject, std::uint64_t iterations,
               std::uint64_t workload_count);

    /// Prints which workload comes next, so that the name of one that hangs is in the log.
    void begin_workload(std::string_view name);

    void add(const Outcome& outcome);

    /// Prints what a workload is, without having measured it.
    void list(const workloads::Workload& workload);

    /// Announces what the machine will end with, in one exit of `reason`; the host has to judge it.
    void announce(std::string_view terminal_workload, model::InstructionSet isa, model::ReasonNumber reason);

    /// Prints why the run as a whole is ERROR.
    void add_error(std::string_view message);

    /// Prints a line for people, which is no record.
    void comment(std::string_view text);

    /// Prints the last reading, with the exits still to come until the machine stops, and the end.
    void end(const meter::Reading& last, const ClosingCosts& costs);

    /// Prints the end where there was nothing to read.
    void end();

    [[nodiscard]] model::Verdict verdict() const { return verdict_; }

private:
    void add_result_line(const Outcome& outcome);
    void add_exact(const Outcome& outcome);
    void add_varying(const Outcome& outcome);
    RecordWriter record(model::RecordKind kind);
    void write_final(const meter::Reading& last, std::uint64_t io_exits_after);
    void write_end(std::uint64_t number);
    void send() { sink_(line_.view()); }

    Sink sink_;
    TextWriter line_;
    std::uint64_t records_ = 0;
    std::uint64_t results_ = 0;
    model::Verdict verdict_ = model::Verdict::skip;
};

}  // namespace exitscope::report
