// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/core.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "prices/priced_result.h"
#include "prices/prices.h"
#include "text/file.h"
#include "text/markdown.h"

namespace exitscope::command::prices {

namespace {

class Document {
public:
    Document(std::span<const report::Description> list, std::span<const result::Result> results)
        : list_{list.begin(), list.end()} {
        for (const auto& result : results)
            add(result);
    }

    std::string write() {
        std::string text = head();
        std::string_view heading;
        for (const auto& workload : list_) {
            if (workload.group != heading) {
                heading = workload.group;
                text += fmt::format(
                    "\n## {}\n\n| workload | `ept=1` | `ept=0` | `npt=1` | `npt=0` | why (source) "
                    "|\n|---|---|---|---|---|---|\n",
                    heading);
            }
            text += row(workload);
        }
        if (!footnotes_.empty())
            text += "\n";
        for (std::size_t i = 0; i < footnotes_.size(); ++i)
            text += fmt::format("[^{}]: SKIP: {}\n", i + 1, text::markdown_escaped(footnotes_[i]));
        return text;
    }

private:
    /// Of one setting; a kernel may have several, of different workloads.
    using Results = std::map<KernelVersion, std::vector<const result::Result*>>;

    void add(const result::Result& result) {
        require_pass(result);
        const auto version = version_of(result);
        auto& others = results_[result.setting][version];
        for (const auto& workload : result.workloads) {
            const auto measured_too = [&](const result::Result* other) {
                const auto* const same = result::find_workload(*other, workload.name);
                return same != nullptr && is_measured(*same) && is_measured(workload);
            };
            if (std::ranges::any_of(others, measured_too))
                throw text::InputError(fmt::format("two results of {} on {} have measured {}; give one",
                                                   result.setting, name_of(version), workload.name));
            if (std::ranges::find(list_, workload.name, &report::Description::name) == list_.end())
                throw text::InputError(
                    fmt::format("the list does not know {}; make it with the guest kernel that was "
                                "measured",
                                workload.name));
        }
        if (const auto& last = result.terminal;
            last && std::ranges::find(list_, last->workload, &report::Description::name) == list_.end())
            list_.push_back({.name = last->workload,
                             .group = "terminal",
                             .why = "the guest ends the VM on purpose",
                             .source = "docs/report.md"});
        others.push_back(&result);
    }

    [[nodiscard]] static bool is_measured(const report::WorkloadReport& workload) {
        return workload.verdict != model::Verdict::skip;
    }

    [[nodiscard]] std::string head() const {
        std::string text =
            "# Exit prices\n\n"
            "What one step of each workload costs in VM exits. `exitscope prices` wrote this page from "
            "measured "
            "counts\n(docs/result.md); it is not edited by hand.\n\n";
        std::map<std::pair<KernelVersion, std::string>, std::string> runs;
        for (const auto& setting : evidence::settings) {
            const auto measured = results_.find(std::string{setting.name});
            if (measured == results_.end())
                continue;
            for (const auto& [version, results] : measured->second) {
                for (const auto* const result : results) {
                    auto& run = runs[{version, subject_of(*result)}];
                    run += fmt::format("{}`{}`", run.empty() ? "" : ", ", setting.name);
                }
            }
        }
        for (const auto& [subject, names] : runs)
            text += fmt::format("- {}: {}\n", subject.second, names);
        return text +
               "\nEach price is the slope between two windows, (exits of 2N steps - exits of N steps) / N; "
               "`+ once` is "
               "what is\nleft of the first window. In brackets stands what the exits are for. Where the "
               "kernels "
               "differ, each is named.\n";
    }

    [[nodiscard]] static std::string subject_of(const result::Result& result) {
        const auto& host = *result.host;
        return fmt::format("Linux {}, QEMU {}, {}, N = {}{}", host.kernel, host.qemu,
                           host.time_is_emulated() ? fmt::format("CPU emulated by {}", host.emulator)
                                                   : std::string{"on real hardware"},
                           result.run ? result.run->iterations : 0,
                           result.run && result.run->vcpus ? fmt::format(", vCPUs: {}", *result.run->vcpus)
                                                           : std::string{}) +
               (result.run && result.run->backing == "larger" ? ", host pages larger than 4 KiB" : "");
    }

    [[nodiscard]] std::string row(const report::Description& workload) {
        auto text = fmt::format("| `{}` |", workload.name);
        for (const auto& setting : evidence::settings)
            text += fmt::format(" {} |", cell(setting, workload.name));
        return text + fmt::format(" {} ({}) |\n", text::markdown_escaped(workload.why),
                                  text::markdown_escaped(workload.source));
    }

    [[nodiscard]] std::string cell(const evidence::Setting& setting, const std::string& name) {
        const auto measured = results_.find(std::string{setting.name});
        if (measured == results_.end())
            return "-";
        /// Each price, and the kernels that have it.
        std::vector<std::pair<std::string, std::string>> prices;
        for (const auto& [version, results] : measured->second) {
            const auto price = price_in(results, name);
            const auto found = std::ranges::find(prices, price, &std::pair<std::string, std::string>::first);
            if (found == prices.end())
                prices.emplace_back(price, name_of(version));
            else
                found->second += ", " + name_of(version);
        }
        if (prices.size() == 1)
            return prices.front().first;
        std::string all;
        for (const auto& [price, kernels] : prices)
            all += fmt::format("{}{}: {}", all.empty() ? "" : "; ", kernels, price);
        return all;
    }

    /// What one of them measured; else why the last of them did not.
    [[nodiscard]] std::string price_in(std::span<const result::Result* const> results,
                                       const std::string& name) {
        const report::WorkloadReport* skipped = nullptr;
        for (const auto* const result : results) {
            if (result->terminal && result->terminal->workload == name)
                return terminal_price(*result);
            const auto* const found = result::find_workload(*result, name);
            if (found != nullptr && is_measured(*found))
                return text::markdown_escaped(price_text(result->isa(), *found));
            skipped = found != nullptr ? found : skipped;
        }
        return skipped == nullptr ? "-" : fmt::format("SKIP[^{}]", footnote(skipped->message));
    }

    [[nodiscard]] static std::string terminal_price(const result::Result& result) {
        if (!result.terminal_traced)
            return "ends the VM (not counted)";
        std::string text;
        for (const auto& [reason, count] : *result.terminal_traced)
            text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count,
                                evidence::display_name(result.isa(), reason));
        return text + ", ends the VM";
    }

    [[nodiscard]] std::size_t footnote(const std::string& text) {
        const auto found = std::ranges::find(footnotes_, text);
        if (found != footnotes_.end())
            return static_cast<std::size_t>(found - footnotes_.begin()) + 1;
        footnotes_.push_back(text);
        return footnotes_.size();
    }

    std::vector<report::Description> list_;
    std::map<std::string, Results> results_;
    std::vector<std::string> footnotes_;
};

}  // namespace

std::string prices_markdown(std::span<const report::Description> list,
                            std::span<const result::Result> results) {
    return Document{list, results}.write();
}

}  // namespace exitscope::command::prices
