// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/color.h>
#include <fmt/format.h>

#include <algorithm>

#include "print/table.h"

namespace exitscope::command::print {

namespace {

constexpr std::string_view gap = "   ";

std::string digits(const CellLine& line) {
    return line.count ? fmt::format("{}", *line.count) : std::string{};
}

fmt::text_style style_of(model::Verdict verdict) {
    switch (verdict) {
        case model::Verdict::pass:
            return fmt::fg(fmt::terminal_color::green);
        case model::Verdict::skip:
            return fmt::fg(fmt::terminal_color::yellow);
        default:
            return fmt::fg(fmt::terminal_color::red) | fmt::emphasis::bold;
    }
}

/// One column's widths: the counts are right-aligned in theirs.
struct Width {
    std::size_t count = 1;
    std::size_t whole = 0;

    void fit(const CellLine& line) { count = std::max(count, digits(line).size()); }

    [[nodiscard]] std::string padded(const CellLine& line) const {
        if (!line.count)
            return line.text;
        return fmt::format("{:>{}}{}{}", *line.count, count, line.text.empty() ? "" : " ", line.text);
    }
};

class Printer {
public:
    Printer(const Table& table, bool colour) : table_{table}, colour_{colour}, widths_(table.columns.size()) {
        for_each_line([](Width& width, const CellLine& line) { width.fit(line); });
        for_each_line([](Width& width, const CellLine& line) {
            width.whole = std::max(width.whole, width.padded(line).size());
        });
        name_width_ = std::string_view{"workload"}.size();
        for (const auto& row : table.rows)
            name_width_ = std::max(name_width_, shown_name(row).size());
        for (std::size_t i = 0; i < widths_.size(); ++i)
            widths_[i].whole = std::max(widths_[i].whole, table.columns[i].size());
    }

    std::string print() {
        text_ = table_.heading + "\n\n";
        std::vector<std::string> headings;
        std::vector<std::string> rules;
        for (std::size_t i = 0; i < widths_.size(); ++i) {
            headings.push_back(table_.columns[i]);
            rules.emplace_back(widths_[i].whole, '-');
        }
        print_line("workload", headings);
        print_line(std::string(name_width_, '-'), rules);
        std::string_view group;
        for (const auto& row : table_.rows) {
            if (row.group != group && !row.group.empty())
                text_ += fmt::format("{}:\n", row.group);
            group = row.group;
            print_row(row);
        }
        print_line(std::string(name_width_, '-'), rules);
        print_row(table_.verdicts);
        text_ += "\n";
        for (const auto& problem : table_.problems)
            text_ += fmt::format("{} {}\n", coloured(std::string{name_of(problem.verdict)}, problem.verdict),
                                 problem.message);
        text_ += table_.noise + "\n";
        for (const auto& note : table_.notes)
            text_ += note + "\n";
        return text_;
    }

private:
    template <typename Action>
    void for_each_line(Action action) {
        auto visit = [&](const Row& row) {
            for (std::size_t i = 0; i < widths_.size(); ++i) {
                for (const auto& line : row.cells[i])
                    action(widths_[i], line);
            }
        };
        std::ranges::for_each(table_.rows, visit);
        visit(table_.verdicts);
    }

    /// Indented under its group's heading.
    [[nodiscard]] static std::string shown_name(const Row& row) {
        return row.group.empty() ? row.name : "  " + row.name;
    }

    [[nodiscard]] std::string coloured(const std::string& text, model::Verdict verdict) const {
        return colour_ ? fmt::format(style_of(verdict), "{}", text) : text;
    }

    void print_line(const std::string& name, const std::vector<std::string>& texts) {
        std::string line = fmt::format("{:<{}}", name, name_width_);
        for (std::size_t i = 0; i < texts.size(); ++i)
            line += fmt::format("{}{:<{}}", gap, texts[i], widths_[i].whole);
        line.erase(line.find_last_not_of(' ') + 1);
        text_ += line + "\n";
    }

    void print_row(const Row& row) {
        std::size_t height = 1;
        for (const auto& cell : row.cells)
            height = std::max(height, cell.size());
        for (std::size_t i = 0; i < height; ++i) {
            std::string line = fmt::format("{:<{}}", i == 0 ? shown_name(row) : "", name_width_);
            std::size_t due = 0;
            for (std::size_t column = 0; column < widths_.size(); ++column) {
                line += std::string(due, ' ') + std::string{gap};
                due = widths_[column].whole;
                const auto& cell = row.cells[column];
                const CellLine missing{std::nullopt, i == 0 && cell.empty() ? "-" : "", model::Verdict::pass};
                const auto& entry = i < cell.size() ? cell[i] : missing;
                const auto padded = widths_[column].padded(entry);
                due -= padded.size();
                const bool is_verdict = i < cell.size() && !entry.count;
                line += is_verdict ? coloured(padded, entry.verdict) : padded;
            }
            line.erase(line.find_last_not_of(' ') + 1);
            text_ += line + "\n";
        }
    }

    const Table& table_;
    bool colour_;
    std::vector<Width> widths_;
    std::size_t name_width_ = 0;
    std::string text_;
};

}  // namespace

std::string table_text(const Table& table, bool colour) {
    return Printer{table, colour}.print();
}

}  // namespace exitscope::command::print
