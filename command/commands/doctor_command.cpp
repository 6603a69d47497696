// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/core.h>

#include <algorithm>
#include <memory>

#include "commands/commands.h"
#include "doctor/examine.h"

namespace exitscope::command::commands {

namespace {

struct DoctorOptions {
    std::string on;
    std::string format = "text";
};

int run(const DoctorOptions& options) {
    std::vector<doctor::Examination> examinations;
    if (options.on != "lab")
        examinations.push_back(doctor::examine_host(doctor::gather_host_facts(host_kvm::host_folders())));
    if (options.on != "host")
        examinations.push_back(doctor::examine_lab(doctor::gather_lab_facts()));
    if (options.format == "json") {
        fmt::print("{}", doctor::json_of(examinations));
    } else {
        for (const auto& examination : examinations)
            fmt::print("{}{}", &examination == examinations.data() ? "" : "\n", doctor::text_of(examination));
    }
    return std::ranges::any_of(examinations, &doctor::Examination::would_work) ? 0 : 1;
}

}  // namespace

void add_doctor_command(usage::CommandLine& line) {
    auto options = std::make_shared<DoctorOptions>();
    const auto command =
        line.add("doctor", "Say whether a run would work on this machine, and what is missing");
    command.option("--on", options->on, "Look at one place only: host or lab").one_of({"host", "lab"});
    command.option("--format", options->format, "text (default) or json").one_of({"text", "json"});
    command.footer(
        "Opens /dev/kvm, makes a VM of one page and reads its CPUID; changes nothing.\n"
        "Exit codes: 0 a run would work, in one of the two places at least, 1 not, 2 wrong usage.");
    command.action([options] { return run(*options); });
}

}  // namespace exitscope::command::commands
