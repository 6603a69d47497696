// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// One record of the report: `# exact 7 key=value ... crc=0123abcd` (docs/report.md).

#include <cstdint>
#include <span>
#include <string_view>

#include "model/crc32.h"
#include "model/exit_reason.h"
#include "model/price.h"
#include "model/record_kind.h"
#include "report/text.h"

namespace exitscope::report {

/// Writes one record's line to a TextWriter; `finish` adds the check sum.
class RecordWriter {
public:
    constexpr RecordWriter(TextWriter& line, model::RecordKind kind, std::uint64_t number) : line_{line} {
        line_.clear();
        line_.text(kind == model::RecordKind::exact ? "# exact " : "# vary ").decimal(number);
    }

    constexpr RecordWriter& word(std::string_view key, std::string_view value) {
        line_.text(" ").text(key).text("=").text(value);
        return *this;
    }

    /// A value that may hold spaces.
    constexpr RecordWriter& text(std::string_view key, std::string_view value) {
        line_.text(" ").text(key).text("=\"");
        write_message(line_, value);
        line_.text("\"");
        return *this;
    }

    constexpr RecordWriter& number(std::string_view key, std::uint64_t value) {
        line_.text(" ").text(key).text("=").decimal(value);
        return *this;
    }

    /// `key=1,2,3`
    constexpr RecordWriter& numbers(std::string_view key, std::span<const std::uint64_t> values) {
        line_.text(" ").text(key);
        std::string_view separator = "=";
        for (const std::uint64_t value : values) {
            line_.text(separator).decimal(value);
            separator = ",";
        }
        return *this;
    }

    /// `group.reason=value`, the reason as the manual of `isa` prints it.
    constexpr RecordWriter& reason(std::string_view group, model::InstructionSet isa,
                                   model::ReasonNumber reason, std::uint64_t value) {
        line_.text(" ").text(group).text(".");
        write_reason(line_, isa, reason);
        line_.text("=").decimal(value);
        return *this;
    }

    /// `key=30*1@port:0x80,32*2`: for each cost its reason, exits and what caused them; nothing where there
    /// are none.
    constexpr RecordWriter& costs(std::string_view key, model::InstructionSet isa,
                                  const model::Costs& costs) {
        std::string_view separator = "=";
        for (const auto& cost : costs) {
            if (separator == "=")
                line_.text(" ").text(key);
            line_.text(separator);
            write_reason(line_, isa, cost.reason);
            line_.text("*").decimal(cost.exits);
            if (!cost.what.empty())
                line_.text("@").text(cost.what);
            separator = ",";
        }
        return *this;
    }

    /// Appends the check sum and the end of the line; the record is complete then.
    constexpr void finish() {
        const std::uint32_t sum = model::crc32(line_.view());
        line_.text(" crc=").hexadecimal(sum, 8).text("\n");
    }

    /// A text as a message carries it: quotes and control characters become apostrophes.
    static constexpr void write_message(TextWriter& line, std::string_view text) {
        for (const char character : text) {
            const bool plain = character >= ' ' && character != '"' && character != 0x7f;
            line.text(plain ? std::string_view{&character, 1} : "'");
        }
    }

    /// Decimal for VMX, 0x and lower-case hexadecimal for SVM.
    static constexpr void write_reason(TextWriter& line, model::InstructionSet isa,
                                       model::ReasonNumber reason) {
        if (isa == model::InstructionSet::svm)
            line.text("0x").hexadecimal(reason);
        else
            line.decimal(reason);
    }

private:
    TextWriter& line_;
};

}  // namespace exitscope::report
