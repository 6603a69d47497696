// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include "doctor/examine.h"
#include "stages/run_places.h"

namespace exitscope::command::doctor {

namespace {

/// What a first run takes: the kernel's tree while it is built is most of it.
constexpr std::uint64_t wanted_bytes = std::uint64_t{4} << 30;

}  // namespace

Examination examine_lab(const LabFacts& facts) {
    Examination examination{.place = "lab"};
    auto& findings = examination.findings;
    if (!facts.checkout_problem.empty()) {
        findings.push_back({"checkout", State::problem, facts.checkout_problem,
                            "mend it, or set EXITSCOPE_ROOT to a whole checkout"});
        return examination;
    }
    std::string missing;
    for (const auto& program : facts.missing_programs)
        missing += fmt::format("{}{}", missing.empty() ? "" : ", ", program);
    findings.push_back(
        missing.empty()
            ? Finding{"programs", State::ok, "Bochs, QEMU and what builds a kernel are there"}
            : Finding{"programs", State::problem, "missing: " + missing, "scripts/install-packages"});
    findings.push_back(facts.kernel_source
                           ? Finding{"kernel source", State::ok, "of Linux " + facts.kernel}
                           : Finding{"kernel source", State::warning,
                                     fmt::format("that of Linux {} is not here yet", facts.kernel),
                                     "a first run downloads it, as scripts/kernel-source does"});
    if (const auto problem = stages::cache_problem(facts.cache); !problem.empty())
        findings.push_back({"cache", State::problem, problem});
    else
        findings.push_back(
            {"cache", State::ok,
             facts.cached_kernels == 0
                 ? fmt::format("{}: no kernel yet; a first run takes some ten minutes", facts.cache)
                 : fmt::format("{}: {} kernels built", facts.cache, facts.cached_kernels)});
    const auto free = fmt::format("{:.1f} GiB free", static_cast<double>(facts.free_bytes) / (1 << 30));
    if (facts.free_bytes >= wanted_bytes)
        findings.push_back({"disk", State::ok, free});
    else
        findings.push_back(
            {"disk", facts.cached_kernels == 0 ? State::problem : State::warning, free,
             "a kernel takes 4 GiB while it is built: make room, or set XDG_CACHE_HOME to another disk"});
    return examination;
}

}  // namespace exitscope::command::doctor
