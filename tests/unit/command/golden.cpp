// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "golden.h"

#include <fmt/format.h>

#include <filesystem>
#include <stdexcept>

#include "log_writer.h"
#include "report/report_parser.h"
#include "text/file.h"
#include "text/json.h"

namespace exitscope::command {

namespace {

/// Reasons of one event under VMX and SVM.
struct Event {
    model::ReasonNumber vmx;
    model::ReasonNumber svm;
};

constexpr Event cpuid{10, 0x72};
constexpr Event io{30, 0x7b};
constexpr Event rdmsr{31, 0x7c};
constexpr Event wrmsr{32, 0x7c};
constexpr Event halt{12, 0x78};
constexpr Event cr3_write{28, 0x13};
constexpr Event invlpg{14, 0x79};
constexpr Event nested_fault{48, 0x400};
constexpr Event page_fault{0, 0x4e};
constexpr Event window{7, 0x64};
constexpr Event shutdown{2, 0x7f};

constexpr std::string_view ticks = " guest_min=60 guest_median=70 guest_max=900";

class GoldenLog {
public:
    explicit GoldenLog(const evidence::Setting& setting) : setting_{setting} {}

    std::string write(bool terminal) {
        log_.line("SeaBIOS (version 1.16.2-debian-1.16.2-1)\r").line("Booting from ROM..\r");
        log_.begin(name_of(setting_.isa), name_of(setting_.paging), 15);
        const bool nested = setting_.paging == model::Paging::two_dimensional;
        const auto shadow_only = [&](evidence::ReportedCosts costs) {
            return nested ? evidence::ReportedCosts{} : costs;
        };
        add("canary", "cpuid", {{of(cpuid), 1}});
        add("canary", "empty", {});
        add("port", "port_in", {{of(io), 1, "port:0x21"}});
        add("port", "port_out", {{of(io), 1, "port:0x80"}});
        add("msr", "rdmsr", {{of(rdmsr), 1, "msr:0xc0000080"}});
        add("msr", "rdmsr_no_exit", {});
        add("msr", "wrmsr", {{of(wrmsr), 1}});
        add("msr", "wrmsr_no_exit", {});
        add("interrupt", "hlt", {{of(halt), 1}, {of(wrmsr), 1, "msr:0x838"}, {of(wrmsr), 1, "msr:0x80b"}}, {},
            {{of(window), 7}});
        add("paging", "cr3_write", shadow_only({{of(cr3_write), 1, "cr:3"}}));
        add("paging", "invlpg", shadow_only({{of(invlpg), 1}}));
        add("paging", "page_first_touch", {{of(nested ? nested_fault : page_fault), 1, "gpa:fresh"}});
        add("paging", "page_map_touch", shadow_only({{of(page_fault), 1}}),
            shadow_only({{of(page_fault), 1}}));
        add("paging", "page_second_touch", {});
        add("multiprocessor", "ipi", {{of(wrmsr), 1, "msr:0x830"}}, {}, {},
            {{of(wrmsr), 200}, {of(halt), 100}});
        if (terminal)
            log_.exact(fmt::format("record=terminal workload=triple_fault{}",
                                   keys("expected", {{of(shutdown), 1}})));
        const evidence::Counts last{
            {of(cpuid), 4711}, {of(io), 51234}, {of(nested ? nested_fault : page_fault), 912}};
        log_.vary(fmt::format("record=final total={}{}{}", *evidence::sum_of(last), keys("exits", last),
                              keys("after", {{of(cpuid), 81}, {of(io), 337}})));
        return log_.end("PASS").log();
    }

private:
    [[nodiscard]] model::ReasonNumber of(Event event) const {
        return setting_.isa == model::InstructionSet::svm ? event.svm : event.vmx;
    }

    [[nodiscard]] std::string keys(std::string_view group, const evidence::Counts& counts) const {
        std::string text;
        for (const auto& [reason, count] : counts)
            text += fmt::format(" {}.{}={}", group, evidence::reason_key(setting_.isa, reason), count);
        return text;
    }

    [[nodiscard]] std::string costs(std::string_view key, const evidence::ReportedCosts& costs) const {
        std::string text;
        for (const auto& [reason, exits, what] : costs)
            text +=
                fmt::format("{}{}*{}{}{}", text.empty() ? fmt::format(" {}=", key) : ",",
                            evidence::reason_key(setting_.isa, reason), exits, what.empty() ? "" : "@", what);
        return text;
    }

    void add(std::string_view group, std::string_view name, const evidence::ReportedCosts& each,
             const evidence::ReportedCosts& once = {}, const evidence::Counts& noise = {},
             const evidence::Counts& vm = {}) {
        log_.line(fmt::format("ok {} {}", ++results_, name));
        const auto counts = evidence::price_of(each, once, 100).value();
        const auto doubled = evidence::price_of(each, once, 200).value();
        const auto total = *evidence::sum_of(counts);
        log_.exact(fmt::format(
            "record=workload name={} group={} verdict=PASS iterations=100 total={}{}{}{}{}{}{}{}", name,
            group, total, keys("exits", counts), keys("expected", counts), keys("doubled", doubled),
            costs("each", each), costs("once", once), keys("vm_exits", vm), keys("vm_expected", vm)));
        evidence::Counts cycles{{of(cpuid), 1500}};
        for (const auto& [reason, count] : counts)
            cycles[reason] += count * 2000;
        log_.vary(fmt::format("record=workload name={} total={} reads=1{}{}{}{} doubled_total={}{}", name,
                              total + *evidence::sum_of(noise) + 1, keys("noise", noise),
                              keys("cycles", cycles), keys("kernel_cycles", cycles), ticks,
                              *evidence::sum_of(doubled) + *evidence::sum_of(noise) + 1,
                              keys("doubled_noise", noise)));
    }

    const evidence::Setting& setting_;
    LogWriter log_;
    int results_ = 0;
};

}  // namespace

std::string golden_log(std::string_view setting) {
    return GoldenLog{*evidence::find_setting(setting)}.write(false);
}

std::string terminal_log(std::string_view setting) {
    return GoldenLog{*evidence::find_setting(setting)}.write(true);
}

std::string recorded_log(std::string_view name) {
    return text::read_file(std::filesystem::path{GOLDEN_FOLDER} / (std::string{name} + ".serial"));
}

std::string golden_host(std::string_view name) {
    const auto& setting = *evidence::find_setting(name);
    const text::Json json{
        {"kernel", "6.1.192-exitscope"},
        {"module", setting.module},
        {"parameters",
         {{"kvm", {{"exit_counters", "1"}}},
          {setting.module, {{setting.parameter, setting.paging == model::Paging::shadow ? "N" : "Y"}}}}},
        {"srcversion", {{"kvm", "6F9A1B0C2D3E4F5061728394"}, {setting.module, "A0B1C2D3E4F5061728394A5B"}}},
        {"qemu", "QEMU emulator version 7.2.22"},
        {"emulator",
         setting.isa == model::InstructionSet::vmx ? "bochs 2.7" : "QEMU emulator version 7.2.22"},
        {"setting_requested", name}};
    return text::json_text(json);
}

result::Circumstances golden_circumstances(std::string_view setting) {
    return {.asked = *evidence::find_setting(setting),
            .qemu_status = 33,
            .host = evidence::read_host_evidence(golden_host(setting), "l1.json")};
}

result::Result golden_result(std::string_view setting) {
    return result::make_result(report::parse_report(golden_log(setting)), golden_circumstances(setting));
}

result::Result recorded_result(std::string_view setting) {
    return result::make_result(report::parse_report(recorded_log(setting)), golden_circumstances(setting));
}

model::Verdict verdict_of_log(std::string_view log, std::string_view setting) {
    return result::judge(report::parse_report(log), golden_circumstances(setting)).verdict;
}

std::string changed(std::string log, std::string_view from, std::string_view to) {
    const auto place = log.find(from);
    if (place == std::string::npos || log.find(from, place + 1) != std::string::npos)
        throw std::logic_error(fmt::format("'{}' does not stand exactly once in the log", from));
    log.replace(place, from.size(), to);
    std::string result;
    for (std::size_t start = 0; start < log.size();) {
        const auto end = log.find('\n', start);
        const auto line = std::string_view{log}.substr(start, end - start);
        const auto crc = line.rfind(" crc=");
        result += report::Record::claimed_by(line) ? sealed(line.substr(0, crc)) : fmt::format("{}\n", line);
        start = end + 1;
    }
    return result;
}

}  // namespace exitscope::command
