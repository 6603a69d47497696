// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// Writes serial logs as the guest kernel does, or wrong in one place.

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "report/record.h"

namespace exitscope::command {

/// A record with its check sum and line end.
inline std::string sealed(std::string_view text) {
    return fmt::format("{} crc={:08x}\n", text, report::crc32_of(text));
}

class LogWriter {
public:
    LogWriter& line(std::string_view text) {
        log_ += fmt::format("{}\n", text);
        return *this;
    }

    LogWriter& exact(std::string_view values) {
        log_ += sealed(fmt::format("# exact {} {}", ++records_, values));
        return *this;
    }

    LogWriter& vary(std::string_view values) {
        log_ += sealed(fmt::format("# vary {} {}", ++records_, values));
        return *this;
    }

    LogWriter& begin(std::string_view isa, std::string_view paging, std::uint64_t workloads) {
        line("KTAP version 1").line(fmt::format("1..{}", workloads));
        return exact(
            fmt::format("record=run report=2 counters=exitscope abi=1 isa={} paging={} "
                        "features=cycles,latch,vcpu_scope slots=80 iterations=100 workloads={}",
                        isa, paging, workloads));
    }

    /// A workload without exits that passed, the `number`th.
    LogWriter& empty(int number, std::string_view name = "empty") {
        line(fmt::format("ok {} {}", number, name));
        exact(fmt::format("record=workload name={} verdict=PASS iterations=100 total=0", name));
        return vary(
            fmt::format("record=workload name={} total=1 reads=1 guest_min=1 guest_median=1 guest_max=1 "
                        "doubled_total=1",
                        name));
    }

    LogWriter& end(std::string_view verdict) {
        return exact(fmt::format("record=end records={} verdict={}", records_ + 1, verdict));
    }

    [[nodiscard]] const std::string& log() const { return log_; }

private:
    std::string log_;
    std::uint64_t records_ = 0;
};

}  // namespace exitscope::command
