// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// One record of the report: `# exact 7 key=value ... crc=0123abcd` (docs/report.md).

#include <cstdint>
#include <map>
#include <stdexcept>
#include <string_view>

#include "evidence/cost.h"
#include "evidence/counts.h"
#include "model/record_kind.h"

namespace exitscope::command::report {

/// A line or a file that is not what its format says; the message tells which and why.
struct Malformed : std::runtime_error {
    using std::runtime_error::runtime_error;
};

/// CRC-32 (IEEE 802.3), the check sum of a record.
[[nodiscard]] std::uint32_t crc32_of(std::string_view text);

/// A record whose check sum and syntax are right. Its keys and values are views of the line.
class Record {
public:
    /// Whether a line claims to be a record.
    [[nodiscard]] static bool claimed_by(std::string_view line);

    /// Throws Malformed.
    [[nodiscard]] explicit Record(std::string_view line);

    [[nodiscard]] model::RecordKind kind() const { return kind_; }

    /// Its place among all records, from 1.
    [[nodiscard]] std::uint64_t position() const { return position_; }

    [[nodiscard]] bool has(std::string_view key) const { return values_.contains(key); }

    /// Throws Malformed where the key is missing.
    [[nodiscard]] std::string_view word(std::string_view key) const;

    /// The value, empty where the key is not there.
    [[nodiscard]] std::string_view word_or_none(std::string_view key) const;

    /// Throws Malformed where the key is missing or its value no decimal of 64 bits.
    [[nodiscard]] std::uint64_t number(std::string_view key) const;

    /// The values of all keys `group.R`. Throws Malformed where R is no reason of `isa`.
    [[nodiscard]] evidence::Counts counts(std::string_view group, model::InstructionSet isa) const;

    /// The costs of a key; none where it is not there. Throws Malformed.
    [[nodiscard]] evidence::ReportedCosts costs(std::string_view key, model::InstructionSet isa) const;

private:
    void read_values(std::string_view text);

    model::RecordKind kind_ = model::RecordKind::exact;
    std::uint64_t position_ = 0;
    std::map<std::string_view, std::string_view> values_;
};

}  // namespace exitscope::command::report
