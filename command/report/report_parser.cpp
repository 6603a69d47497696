// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "report/report_parser.h"

#include <fmt/core.h>

#include "report/report_check.h"
#include "report/report_lines.h"
#include "report/report_records.h"
#include "text/printable.h"

namespace exitscope::command::report {

namespace {

/// The largest number of problems that are noted.
constexpr std::size_t most_damage = 100;

constexpr std::string_view measuring_start = "# measuring ";

}  // namespace

void ReportParser::note(std::string_view problem) {
    if (report_.damage.size() == most_damage)
        report_.damage.emplace_back("more of the like, which is not told");
    if (report_.damage.size() > most_damage)
        return;
    report_.damage.push_back(fmt::format("report line {}: {}", line_number_, problem));
}

void ReportParser::take(std::string_view line) {
    ++line_number_;
    if (line_number_ == 1 || line.empty())
        return;
    if (line_number_ == 2)
        plan_ = line;
    else if (Record::claimed_by(line))
        take_record(line);
    else if (line.starts_with("ok ") || line.starts_with("not ok "))
        take_result(line);
    else if (line.starts_with("# fault "))
        report_.faults.push_back(text::printable(line.substr(2)));
    else if (line.starts_with(measuring_start))
        report_.measuring = text::printable(line.substr(measuring_start.size()));
    else if (!line.starts_with("# "))
        note(fmt::format("{} is neither a result nor a record nor a comment", text::printable(line)));
}

void ReportParser::take_result(std::string_view line) {
    expect_nothing_open();
    if (report_.end_verdict)
        note("a result after the end");
    ++results_;
    open_result_ = line;
}

void ReportParser::take_record(std::string_view line) {
    try {
        const Record record{line};
        expect_position(record);
        take_in_order(record);
        lost_ = false;
    } catch (const OtherVersion& problem) {
        other_version_ = problem.what();
    } catch (const Malformed& problem) {
        note(problem.what());
        ++next_position_;
        open_result_.reset();
        lost_ = true;
    }
}

void ReportParser::expect_position(const Record& record) {
    const auto position = record.position();
    if (position > next_position_) {
        note(fmt::format("record {} where {} should be: records are missing", position, next_position_));
        lost_ = true;
    } else if (position < next_position_) {
        note(fmt::format("record {} where {} should be: a record stands twice or in the wrong place",
                         position, next_position_));
    }
    // take_record goes on counting from here, whether the rest of the record is right or not.
    next_position_ = position;
}

void ReportParser::take_in_order(const Record& record) {
    const auto what = record.word("record");
    const bool exact = record.kind() == model::RecordKind::exact;
    if (report_.end_verdict)
        note("a record after the end");
    else if (report_.terminal && what != "final" && what != "end")
        note("a record after the terminal one, which only the last reading and the end may follow");
    if ((what == "run") != (record.position() == 1))
        throw Malformed(fmt::format("record {} is of kind {}; the first is run, no other is",
                                    record.position(), text::printable(what)));
    if (what == "workload" && exact)
        take_workload(record);
    else if (what == "workload")
        take_window(record);
    // It has to come first: the others are read by its instruction set.
    else if (what == "run" && exact && !report_.run && report_.workloads.empty())
        report_.run = read_run(record);
    else if (what == "error" && exact)
        report_.errors.emplace_back(record.word("message"));
    else if (what == "terminal" && exact && !report_.terminal)
        report_.terminal = read_terminal(record, report_.isa());
    else if (what == "final" && !exact && !report_.final_reading)
        report_.final_reading = read_final(record, report_.isa());
    else if (what == "end" && exact)
        report_.end_verdict = read_end(record);
    else
        throw Malformed(fmt::format("an unknown or second record {}", text::printable(what)));
    window_may_follow_ = what == "workload" && exact;
    ++next_position_;
}

void ReportParser::take_workload(const Record& record) {
    auto workload = read_workload(record, report_.isa());
    if (!open_result_) {
        if (!lost_)
            note(fmt::format("the workload {} has no result line", text::printable(workload.name)));
    } else if (const auto due = result_line(results_, workload); *open_result_ != due) {
        note(fmt::format("the result line says {}, the record says {}", text::printable(*open_result_),
                         text::printable(due)));
    }
    open_result_.reset();
    report_.measuring.clear();
    report_.workloads.push_back(std::move(workload));
    if (record.has("why"))
        report_.descriptions.push_back(read_description(record));
}

void ReportParser::take_window(const Record& record) {
    auto window = read_window(record, report_.isa());
    const auto name = record.word("name");
    if (window_may_follow_ && report_.workloads.back().name == name)
        report_.workloads.back().window = std::move(window);
    else if (!lost_)
        note(fmt::format("the window of {} does not follow its record", text::printable(name)));
}

void ReportParser::expect_nothing_open() {
    if (open_result_ && !lost_)
        note(fmt::format("the result line {} has no record", text::printable(*open_result_)));
    open_result_.reset();
}

Report ReportParser::finish() {
    expect_nothing_open();
    if (!other_version_.empty()) {
        // By the rules of this version nothing else that was read has a meaning.
        report_.damage = {other_version_};
        report_.workloads.clear();
        return std::move(report_);
    }
    check_plan(report_, plan_, results_);
    check_report(report_);
    return std::move(report_);
}

Report parse_report(std::string_view log) {
    auto rest = find_report(log);
    if (rest.empty()) {
        Report none;
        none.damage.emplace_back(
            "no line `KTAP version 1`: the guest kernel did not start, or its serial port "
            "was not recorded");
        return none;
    }
    ReportParser parser;
    while (const auto line = take_line(rest)) {
        parser.take(line->text);
        if (!line->complete)
            parser.note("the line has no end: the log is cut");
    }
    return parser.finish();
}

}  // namespace exitscope::command::report
