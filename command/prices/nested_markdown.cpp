// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "prices/priced_result.h"
#include "prices/prices.h"
#include "text/file.h"
#include "text/markdown.h"

namespace exitscope::command::prices {

namespace {

/// An operation of a nested guest, and the workload in which a guest of KVM does it.
struct Operation {
    std::string_view nested;
    std::string_view plain;
    /// Behind it the nested guest does its hypercall, whose price is taken off.
    bool with_hypercall = true;
};

constexpr std::array operations{
    Operation{"nested_cpuid", "cpuid", false},
    Operation{"nested_cpuid_handled", "cpuid", false},
    Operation{"nested_undefined", "ud2", false},
    Operation{"nested_port_out", "port_out", false},
    Operation{"nested_port_out_host", "port_out"},
    Operation{"nested_rdmsr", "rdmsr_no_exit", false},
    Operation{"nested_rdmsr_bitmap", "rdmsr_no_exit"},
    Operation{"nested_rdmsr_host", "rdmsr_apic_base"},
    Operation{"nested_wrmsr", "wrmsr_no_exit", false},
    Operation{"nested_cr3_write", "cr3_write"},
    Operation{"nested_paging_cr3_write", "cr3_write"},
    Operation{"nested_invlpg", "invlpg"},
    Operation{"nested_paging_invlpg", "invlpg"},
    Operation{"nested_page_first_touch", "page_first_touch"},
    Operation{"nested_paging_first_touch", "page_first_touch"},
    Operation{"nested_paging_map_touch", "page_first_touch"},
    Operation{"nested_shadow_first_touch", "page_first_touch"},
};

std::uint64_t sum_of(const evidence::Counts& counts) {
    std::uint64_t sum = 0;
    for (const auto& [reason, count] : counts)
        sum += count;
    return sum;
}

/// What the results of one kernel and setting measured.
class Measured {
public:
    void add(const result::Result& result) { results_.push_back(&result); }

    /// The exits of a step; nothing where none of the results measured it.
    [[nodiscard]] std::optional<std::uint64_t> exits(std::string_view name) const {
        for (const auto* const result : results_) {
            const auto* const found = result::find_workload(*result, std::string{name});
            if (found != nullptr && found->verdict != model::Verdict::skip)
                return sum_of(measured_price(*found).each);
        }
        return std::nullopt;
    }

    /// As `4 for 2, x 2`; the factor is cut after one digit.
    [[nodiscard]] std::string compared(const Operation& operation) const {
        const auto call = operation.with_hypercall ? exits("nested_hypercall") : 0;
        const auto nested = exits(operation.nested);
        const auto plain = exits(operation.plain);
        if (!nested || !call || *nested < *call)
            return "-";
        const std::uint64_t own = *nested - *call;
        if (!plain)
            return fmt::format("{}", own);
        if (*plain == 0)
            return fmt::format("{} for 0", own);
        if (own == *plain)
            return fmt::format("{} for {}", own, *plain);
        const bool whole = own % *plain == 0;
        return fmt::format("{} for {}, x {}{}", own, *plain, own / *plain,
                           whole ? std::string{} : fmt::format(".{}", own * 10 / *plain % 10));
    }

    /// What a shadow VMCS saves of a CPUID that the hypervisor handles.
    [[nodiscard]] std::string saved_by_shadow_vmcs() const {
        constexpr std::uint64_t reads = 3;
        const auto read = exits("nested_vmread");
        const auto write = exits("nested_vmwrite");
        const auto rare_read = exits("nested_vmread_rare");
        const auto rare_write = exits("nested_vmwrite_rare");
        if (!read || !write || !rare_read || !rare_write || *rare_read < *read || *rare_write < *write)
            return "-";
        return fmt::format("{}", reads * (*rare_read - *read) + *rare_write - *write);
    }

    [[nodiscard]] std::string alone(std::string_view name) const {
        const auto measured = exits(name);
        return measured ? fmt::format("{}", *measured) : "-";
    }

private:
    std::vector<const result::Result*> results_;
};

class NestedDocument {
public:
    explicit NestedDocument(std::span<const result::Result> results) {
        for (const auto& result : results) {
            require_pass(result);
            measured_[result.setting][version_of(result)].add(result);
        }
    }

    /// A row: what `text` says of each setting, kernel by kernel where they differ.
    template <typename Text>
    [[nodiscard]] std::string cells(Text text) const {
        std::string row;
        for (const auto& setting : evidence::settings)
            row += fmt::format(" {} |", cell(std::string{setting.name}, text));
        return row + "\n";
    }

private:
    template <typename Text>
    [[nodiscard]] std::string cell(const std::string& setting, Text text) const {
        const auto found = measured_.find(setting);
        if (found == measured_.end())
            return "-";
        std::vector<std::pair<std::string, std::string>> texts;
        for (const auto& [version, measured] : found->second) {
            const std::string words = text(measured);
            const auto same = std::ranges::find(texts, words, &std::pair<std::string, std::string>::first);
            if (same == texts.end())
                texts.emplace_back(words, name_of(version));
            else
                same->second += ", " + name_of(version);
        }
        if (texts.size() == 1)
            return texts.front().first;
        std::string all;
        for (const auto& [words, kernels] : texts)
            all += fmt::format("{}{}: {}", all.empty() ? "" : "; ", kernels, words);
        return all;
    }

    std::map<std::string, std::map<KernelVersion, Measured>> measured_;
};

constexpr std::string_view introduction =
    "# Nested guests\n\n"
    "What an operation costs in VM exits where the guest is a hypervisor, and its own guest does it. "
    "`exitscope prices\n--nested` wrote this page from measured counts; it is not edited by hand. Prices by "
    "reason, with their sources, are in\n[exit-prices.md](exit-prices.md), group `nested`.\n\n"
    "Every exit of the vCPU to KVM is counted, as the hardware reports it: those of the nested guest, and "
    "those of its\nhypervisor. An exit that the hypervisor is to see goes to KVM first. KVM makes it the "
    "hypervisor's without hardware, so\nit counts once. The way back is an instruction of the hypervisor, "
    "which exits too.\n";

constexpr std::string_view operations_head =
    "\n## Operations of a nested guest\n\n"
    "`4 for 2, x 2`: the nested guest's operation costs 4 exits, that of a guest of KVM 2. `-`: not "
    "measured, "
    "because the CPU\nor KVM does not have it.\n\n"
    "| nested | plain | `ept=1` | `ept=0` | `npt=1` | `npt=0` |\n|---|---|---|---|---|---|\n";

constexpr std::string_view instructions_head =
    "\n## What a hypervisor does\n\n"
    "Exits of one step: instructions of VMX or SVM, or a turn of the nested guest.\n\n"
    "| workload | what | `ept=1` | `ept=0` | `npt=1` | `npt=0` |\n|---|---|---|---|---|---|\n";

constexpr std::string_view saved_head =
    "\n## What the hardware saves\n\n"
    "| exits saved | `ept=1` | `ept=0` | `npt=1` | `npt=0` |\n|---|---|---|---|---|\n"
    "| of each `nested_cpuid_handled`, by a shadow VMCS |";

constexpr std::string_view ending =
    "\n- Shadow VMCS: KVM lets the CPU have the fields of `nested_vmread` and `nested_vmwrite`, and not "
    "those "
    "of\n  `nested_vmread_rare` and `nested_vmwrite_rare`. What the two differ by is saved for each field, "
    "of "
    "which\n  `nested_cpuid_handled` reads three and writes one.\n"
    "- Virtual GIF: `nested_stgi` and `nested_clgi` are free with it, and one exit each without.\n"
    "- Virtual VMLOAD and VMSAVE: `nested_vmload` and `nested_vmsave` are free with it, and one exit each "
    "without.\n";

}  // namespace

std::string nested_markdown(std::span<const report::Description> list,
                            std::span<const result::Result> results) {
    const NestedDocument document{results};
    std::string text{introduction};
    text +=
        "\nOne CPUID of a nested guest, from the guest to its hypervisor and back, costs:\n\n"
        "| `ept=1` | `ept=0` | `npt=1` | `npt=0` |\n|---|---|---|---|\n|" +
        document.cells([](const Measured& measured) { return measured.alone("nested_cpuid"); });
    text += operations_head;
    for (const auto& operation : operations)
        text += fmt::format(
            "| `{}` | `{}` |{}", operation.nested, operation.plain,
            document.cells([&](const Measured& measured) { return measured.compared(operation); }));
    text += "\nOf the workloads that end with a hypercall, the price of `nested_hypercall` is taken off.\n";
    text += instructions_head;
    for (const auto& workload : list) {
        if (workload.group != "nested" ||
            std::ranges::find(operations, workload.name, &Operation::nested) != operations.end())
            continue;
        text += fmt::format(
            "| `{}` | {} |{}", workload.name, text::markdown_escaped(workload.summary),
            document.cells([&](const Measured& measured) { return measured.alone(workload.name); }));
    }
    text += saved_head;
    text += document.cells([](const Measured& measured) { return measured.saved_by_shadow_vmcs(); });
    return text + std::string{ending};
}

}  // namespace exitscope::command::prices
