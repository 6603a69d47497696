// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "result/result.h"
#include "text/json.h"

namespace exitscope::command::result {

namespace {

text::Json counts_json(model::InstructionSet isa, const evidence::Counts& counts) {
    text::Json json = text::Json::object();
    for (const auto& [reason, count] : counts)
        json[evidence::reason_key(isa, reason)] = count;
    return json;
}

text::Json or_null(std::optional<std::uint64_t> number) {
    return number ? text::Json(*number) : text::Json(nullptr);
}

text::Json problems_json(const Result& result) {
    text::Json json = text::Json::array();
    for (const auto& problem : result.problems)
        json.push_back({{"verdict", name_of(problem.verdict)}, {"message", problem.message}});
    return json;
}

text::Json counters_json(const Result& result) {
    if (!result.run)
        return nullptr;
    const auto& run = *result.run;
    text::Json json{{"source", run.counters},        {"abi", run.abi},           {"isa", name_of(run.isa)},
                    {"paging", name_of(run.paging)}, {"features", run.features}, {"slots", run.slots}};
    if (!run.backing.empty())
        json["backing"] = run.backing;
    return json;
}

text::Json host_json(const Result& result) {
    if (!result.host)
        return nullptr;
    const auto& host = *result.host;
    return {{"setting_requested", host.setting_requested},
            {"module", host.module},
            {"parameters", host.parameters}};
}

text::Json provenance_json(const Result& result) {
    if (!result.host)
        return nullptr;
    const auto& host = *result.host;
    text::Json json = {{"kernel", host.kernel},
                       {"srcversion", host.srcversion},
                       {"qemu", host.qemu},
                       {"emulator", host.emulator}};
    if (!host.cpu.empty())
        json["cpu"] = host.cpu;
    if (!host.mitigations.empty())
        json["mitigations"] = host.mitigations;
    if (!host.revision.empty())
        json["revision"] = host.revision;
    return json;
}

text::Json costs_json(model::InstructionSet isa, const evidence::ReportedCosts& costs) {
    text::Json json = text::Json::array();
    for (const auto& cost : costs)
        json.push_back({{"reason", evidence::reason_key(isa, cost.reason)},
                        {"name", evidence::display_name(isa, cost.reason)},
                        {"exits", cost.exits},
                        {"what", cost.what}});
    return json;
}

void add_window(text::Json& json, model::InstructionSet isa, const report::VaryingPart& window) {
    json["window_total"] = window.total;
    json["reads"] = window.reads;
    if (window.mark)
        json["mark"] = *window.mark;
    json["noise"] = counts_json(isa, window.noise);
    json["cycles"] = counts_json(isa, window.cycles);
    json["kernel_cycles"] = counts_json(isa, window.kernel_cycles);
    const auto& [min, median, max] = window.guest_ticks;
    json["guest_ticks"] = {{"min", min}, {"median", median}, {"max", max}};
    json["doubled_total"] = or_null(window.doubled_total);
    if (window.doubled_mark)
        json["doubled_mark"] = *window.doubled_mark;
    json["doubled_noise"] = counts_json(isa, window.doubled_noise);
    json["vm_noise"] = counts_json(isa, window.vm_noise);
}

text::Json workload_json(model::InstructionSet isa, const report::WorkloadReport& workload) {
    text::Json json{{"name", workload.name},
                    {"group", workload.group},
                    {"verdict", name_of(workload.verdict)},
                    {"message", workload.message},
                    {"iterations", workload.iterations},
                    {"total", workload.total},
                    {"exits", counts_json(isa, workload.exits)},
                    {"expected", counts_json(isa, workload.expected)},
                    {"doubled", counts_json(isa, workload.doubled)},
                    {"each", costs_json(isa, workload.each)},
                    {"once", costs_json(isa, workload.once)},
                    {"vm_exits", counts_json(isa, workload.vm_exits)},
                    {"vm_expected", counts_json(isa, workload.vm_expected)},
                    {"measured", workload.window.has_value()}};
    if (workload.window)
        add_window(json, isa, *workload.window);
    return json;
}

text::Json final_json(const Result& result) {
    if (!result.final_reading)
        return nullptr;
    const auto& reading = *result.final_reading;
    return {{"total", reading.total},
            {"exits", counts_json(result.isa(), reading.exits)},
            {"after", counts_json(result.isa(), reading.after)}};
}

text::Json terminal_json(const Result& result) {
    if (!result.terminal)
        return nullptr;
    const auto& traced = result.terminal_traced;
    return {{"workload", result.terminal->workload},
            {"expected", counts_json(result.isa(), result.terminal->expected)},
            {"judged_by", traced ? "qemu_status and kvm_exit" : "qemu_status"},
            {"traced", traced ? counts_json(result.isa(), *traced) : text::Json(nullptr)}};
}

text::Json time_json(const Result& result) {
    if (!result.host)
        return nullptr;
    return result.host->time_is_emulated() ? "emulated" : "real";
}

}  // namespace

std::string write_result(const Result& result) {
    text::Json workloads = text::Json::array();
    for (const auto& workload : result.workloads)
        workloads.push_back(workload_json(result.isa(), workload));
    text::Json json{{"format", result_format}, {"version", result_version}};
    json["setting"] = result.setting;
    json["verdict"] = name_of(result.verdict);
    json["problems"] = problems_json(result);
    json["iterations"] = result.run ? text::Json(result.run->iterations) : text::Json(nullptr);
    json["vcpus"] = result.run ? or_null(result.run->vcpus) : text::Json(nullptr);
    json["time"] = time_json(result);
    json["evidence"]["counters"] = counters_json(result);
    json["evidence"]["host"] = host_json(result);
    json["evidence"]["counts"] = result.paging_by_counts;
    json["workloads"] = std::move(workloads);
    json["final"] = final_json(result);
    json["terminal"] = terminal_json(result);
    json["qemu_status"] = result.qemu_status;
    json["provenance"] = provenance_json(result);
    return text::json_text(json);
}

}  // namespace exitscope::command::result
