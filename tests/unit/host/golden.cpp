// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "golden.h"

#include <fmt/format.h>

#include <stdexcept>

#include "log_writer.h"
#include "report_parser.h"

namespace exitscope::test {

namespace {

/// Reasons of one event under VMX and SVM.
struct Event {
    ReasonNumber vmx;
    ReasonNumber svm;
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

class GoldenLog {
public:
    explicit GoldenLog(const Setting& setting) : setting_{setting} {}

    std::string write() {
        log_.line("SeaBIOS (version 1.16.2-debian-1.16.2-1)\r").line("Booting from ROM..\r");
        log_.begin(name_of(setting_.isa), name_of(setting_.paging), 14);
        const bool nested = setting_.paging == Paging::two_dimensional;
        add("cpuid", {{of(cpuid), 100}});
        add("empty", {});
        add("port_in", {{of(io), 100}});
        add("port_out", {{of(io), 100}});
        add("rdmsr", {{of(rdmsr), 100}});
        add("rdmsr_no_exit", {});
        add("wrmsr", {{of(wrmsr), 100}});
        add("wrmsr_no_exit", {});
        add("hlt", {{of(halt), 100}, {of(wrmsr), 200}}, {{of(window), 7}});
        add("cr3_write", nested ? Counts{} : Counts{{of(cr3_write), 100}});
        add("invlpg", nested ? Counts{} : Counts{{of(invlpg), 100}});
        add("page_first_touch", {{of(nested ? nested_fault : page_fault), 100}});
        add("page_map_touch", nested ? Counts{} : Counts{{of(page_fault), 101}});
        add("page_second_touch", {});
        const Counts last{{of(cpuid), 4711}, {of(io), 51234}, {of(nested ? nested_fault : page_fault), 912}};
        log_.vary(fmt::format("record=final total={}{}{}", *sum_of(last), keys("exits", last),
                              keys("after", {{of(cpuid), 81}, {of(io), 337}})));
        return log_.end("PASS").log();
    }

private:
    [[nodiscard]] ReasonNumber of(Event event) const {
        return setting_.isa == InstructionSet::svm ? event.svm : event.vmx;
    }

    [[nodiscard]] std::string keys(std::string_view group, const Counts& counts) const {
        std::string text;
        for (const auto& [reason, count] : counts)
            text += fmt::format(" {}.{}={}", group, reason_key(setting_.isa, reason), count);
        return text;
    }

    void add(std::string_view name, const Counts& counts, const Counts& noise = {}) {
        log_.line(fmt::format("ok {} {}", ++results_, name));
        const auto total = *sum_of(counts);
        log_.exact(fmt::format("record=workload name={} verdict=PASS iterations=100 total={}{}{}", name,
                               total, keys("exits", counts), keys("expected", counts)));
        Counts cycles{{of(cpuid), 1500}};
        for (const auto& [reason, count] : counts)
            cycles[reason] += count * 2000;
        log_.vary(fmt::format("record=workload name={} total={} reads=1{}{}{}", name,
                              total + *sum_of(noise) + 1, keys("noise", noise), keys("cycles", cycles),
                              keys("kernel_cycles", cycles)));
    }

    const Setting& setting_;
    LogWriter log_;
    int results_ = 0;
};

}  // namespace

std::string golden_log(std::string_view setting) {
    return GoldenLog{*find_setting(setting)}.write();
}

std::string golden_host(std::string_view name) {
    const auto& setting = *find_setting(name);
    const Json json{
        {"kernel", "6.1.192-exitscope"},
        {"module", setting.module},
        {"parameters",
         {{"kvm", {{"exit_counters", "1"}}},
          {setting.module, {{setting.parameter, setting.paging == Paging::shadow ? "N" : "Y"}}}}},
        {"srcversion", {{"kvm", "6F9A1B0C2D3E4F5061728394"}, {setting.module, "A0B1C2D3E4F5061728394A5B"}}},
        {"qemu", "QEMU emulator version 7.2.22"},
        {"emulator", setting.isa == InstructionSet::vmx ? "bochs 2.7" : "QEMU emulator version 7.2.22"},
        {"setting_requested", name}};
    return json_text(json);
}

Circumstances golden_circumstances(std::string_view setting) {
    return {.asked = *find_setting(setting),
            .qemu_status = 33,
            .host = read_host_evidence(golden_host(setting), "l1.json")};
}

Result golden_result(std::string_view setting) {
    return make_result(parse_report(golden_log(setting)), golden_circumstances(setting));
}

Verdict verdict_of_log(std::string_view log, std::string_view setting) {
    return judge(parse_report(log), golden_circumstances(setting)).verdict;
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
        result += Record::claimed_by(line) ? sealed(line.substr(0, crc)) : fmt::format("{}\n", line);
        start = end + 1;
    }
    return result;
}

}  // namespace exitscope::test
