// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "compare/report_difference.h"

#include "report/report_lines.h"

namespace exitscope::command::compare {

namespace {

/// Goes from one line that may not differ to the next.
class ExactLines {
public:
    explicit ExactLines(std::string_view report) : rest_{report} {}

    std::optional<std::string> next() {
        while (const auto line = report::take_line(rest_)) {
            ++number_;
            if (!line->text.starts_with("# vary "))
                return std::string{line->text} + (line->complete ? "" : " (cut here)");
        }
        ++number_;
        return std::nullopt;
    }

    [[nodiscard]] std::uint64_t number() const { return number_; }

private:
    std::string_view rest_;
    std::uint64_t number_ = 0;
};

}  // namespace

std::optional<Difference> first_difference(std::string_view one, std::string_view other) {
    ExactLines lines{one};
    ExactLines other_lines{other};
    for (;;) {
        auto line = lines.next();
        auto other_line = other_lines.next();
        if (line != other_line)
            return Difference{lines.number(), other_lines.number(), std::move(line), std::move(other_line)};
        if (!line)
            return std::nullopt;
    }
}

}  // namespace exitscope::command::compare
