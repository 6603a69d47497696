// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/format.h>
#include <grp.h>
#include <pwd.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <sstream>

#include "doctor/facts.h"
#include "doctor/system.h"
#include "host_kvm/modules.h"
#include "host_kvm/sys_file.h"
#include "lab/kernels.h"
#include "lab/programs.h"
#include "stages/run_places.h"
#include "text/file.h"

namespace exitscope::command::doctor {

namespace {

using host_kvm::first_line;
using std::filesystem::path;

std::string owner_of(const path& file) {
    struct stat status = {};
    if (stat(file.c_str(), &status) != 0)
        return {};
    const auto* const user = getpwuid(status.st_uid);
    const auto* const group = getgrgid(status.st_gid);
    return fmt::format("{}:{} {:04o}", user != nullptr ? user->pw_name : std::to_string(status.st_uid),
                       group != nullptr ? group->gr_name : std::to_string(status.st_gid),
                       status.st_mode & 07777);
}

bool has_flag(const path& cpuinfo, std::string_view wanted) {
    std::ifstream stream{cpuinfo};
    for (std::string line; std::getline(stream, line);) {
        std::istringstream words{line};
        for (std::string word; line.find("flags") != std::string::npos && words >> word;) {
            if (word == wanted)
                return true;
        }
    }
    return false;
}

void add_modules(const path& sys, HostFacts& facts) {
    const std::map<std::string, std::vector<std::string>> wanted{
        {"kvm", {"exit_counters", "exit_counters_cycles", "nx_huge_pages"}},
        {"kvm_intel", {"ept", "nested", "enable_apicv"}},
        {"kvm_amd", {"npt", "nested", "avic"}}};
    const auto version_of = [&sys](std::string_view module) {
        return host_kvm::is_loaded(sys, module)
                   ? host_kvm::srcversion(sys, module).value_or(host_kvm::build_id_digits(sys, module))
                   : std::string{"built in"};
    };
    facts.other_vendors = host_kvm::other_vendor_modules(sys);
    for (const auto& name : facts.other_vendors)
        facts.modules[name] = version_of(name);
    for (const auto module : host_kvm::present_modules(sys)) {
        const std::string name{module};
        facts.modules[name] = version_of(module);
        for (const auto& parameter : wanted.at(name)) {
            if (const auto value = first_line(sys / "module" / name / "parameters" / parameter))
                facts.parameters[name + "." + parameter] = *value;
        }
    }
}

std::string first_line_of_program(const char* command) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe{popen(command, "r"), pclose};
    std::array<char, 256> line{};
    if (!pipe || std::fgets(line.data(), line.size(), pipe.get()) == nullptr)
        return {};
    std::string text{line.data()};
    while (text.ends_with('\n'))
        text.pop_back();
    return text;
}

}  // namespace

bool is_in_path(const std::string& program) {
    const char* const variable = std::getenv("PATH");
    std::istringstream folders{variable == nullptr ? "" : variable};
    for (std::string folder; std::getline(folders, folder, ':');) {
        if (access((path{folder} / program).c_str(), X_OK) == 0)
            return true;
    }
    return false;
}

HostFacts gather_host_facts(const host_kvm::HostFolders& folders) {
    HostFacts facts{.state = host_kvm::read_host_state(folders, stages::checkout_root() / "kvm-patch"),
                    .probe = host_kvm::probe_kvm(folders.dev / "kvm")};
    utsname names{};
    uname(&names);
    facts.release = names.release;
    facts.two_dimensional =
        has_flag(folders.proc / "cpuinfo", facts.state.isa == model::InstructionSet::vmx ? "ept" : "npt");
    facts.device_owner = owner_of(folders.dev / "kvm");
    facts.is_root = geteuid() == 0;
    facts.headers = has_headers("/", facts.release);
    facts.kernel = gather_kernel_facts(facts.release);
    add_modules(folders.sys, facts);
    facts.built_in = host_kvm::built_in_module(folders.sys).has_value();
    facts.signed_only = !host_kvm::why_signed_only(folders.sys).empty();
    facts.kvm_users = host_kvm::kvm_users(folders);
    facts.tracing = host_kvm::tracing_possible(folders.sys, folders.proc, facts.is_root);
    facts.qemu = is_in_path("qemu-system-x86_64")
                     ? first_line_of_program("qemu-system-x86_64 --version 2>/dev/null")
                     : "";
    facts.huge_pages = first_line(folders.sys / "kernel" / "mm" / "transparent_hugepage" / "enabled");
    facts.ksm = first_line(folders.sys / "kernel" / "mm" / "ksm" / "run");
    facts.nmi_watchdog = first_line(folders.proc / "sys" / "kernel" / "nmi_watchdog");
    return facts;
}

LabFacts gather_lab_facts() {
    LabFacts facts{.cache = stages::cache_folder().string()};
    std::error_code error;
    try {
        for (const auto& program : lab::read_programs()) {
            if (!is_in_path(program))
                facts.missing_programs.push_back(program);
        }
        const auto kernel = lab::find_kernel(lab::read_kernels(), {});
        facts.kernel = kernel.series;
        facts.kernel_source = has_source(kernel.series);
    } catch (const text::InputError& problem) {
        facts.checkout_problem = problem.what();
    }
    for (const auto& entry :
         std::filesystem::directory_iterator{stages::cache_folder() / "lab-kernel", error})
        facts.cached_kernels += entry.is_directory(error) && !entry.is_symlink(error) ? 1 : 0;
    auto existing = stages::cache_folder();
    while (!std::filesystem::exists(existing, error) && existing.has_relative_path())
        existing = existing.parent_path();
    facts.free_bytes = std::filesystem::space(existing, error).available;
    return facts;
}

}  // namespace exitscope::command::doctor
