// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

#include "doctor/examine.h"
#include "doctor/examine_kernel.h"

namespace exitscope::command::doctor {

namespace {

bool is_in_force(const HostFacts& facts) {
    return facts.state.in_force && facts.state.exit_counters > 0;
}

Finding cpu(const HostFacts& facts) {
    const bool intel = facts.state.isa == model::InstructionSet::vmx;
    if (facts.state.isa == model::InstructionSet::unknown)
        return {"CPU", State::problem, "shows neither vmx nor svm",
                "switch virtualization on in the firmware; in a virtual machine: nested virtualization in "
                "its host"};
    const auto text = fmt::format("{}, {}{}", intel ? "Intel VMX" : "AMD SVM",
                                  facts.two_dimensional ? "" : "no ", intel ? "EPT" : "NPT");
    return facts.two_dimensional ? Finding{"CPU", State::ok, text}
                                 : Finding{"CPU", State::warning, text, "shadow paging only can be measured"};
}

Finding device(const HostFacts& facts) {
    const auto& probe = facts.probe;
    const auto owner = facts.device_owner.empty() ? "" : ", " + facts.device_owner;
    const auto why = [](int error) { return std::string{std::strerror(error)}; };
    if (probe.open_error == EACCES || probe.open_error == EPERM)
        return {"/dev/kvm", State::problem, why(probe.open_error) + owner,
                "sudo usermod -aG kvm \"$USER\", then log in again; or run as root"};
    if (probe.open_error != 0)
        // load-kvm makes the device, too.
        return {
            "/dev/kvm",
            facts.is_root && facts.state.isa != model::InstructionSet::unknown ? State::note : State::problem,
            why(probe.open_error) + owner,
            "sudo modprobe kvm_intel, or kvm_amd; `run --on host` as root loads it itself"};
    if (probe.api_version != 12)
        return {"/dev/kvm", State::problem,
                fmt::format("no KVM of API version 12 answers, but {}", probe.api_version),
                "see what /dev/kvm is (ls -l /dev/kvm); Linux has had this version since 2.6.22"};
    if (probe.vm_error == EBUSY)
        return {"/dev/kvm", State::problem, "opens, but no VM can be made: " + why(EBUSY),
                "another hypervisor (VirtualBox, VMware) has the CPU; end its virtual machines"};
    if (probe.vm_error != 0 || probe.vcpu_error != 0)
        return {"/dev/kvm", State::problem,
                "opens, but no VM with a vCPU can be made: " +
                    why(probe.vm_error != 0 ? probe.vm_error : probe.vcpu_error),
                "dmesg may say why"};
    if (!probe.guest_runs)
        return {"/dev/kvm", State::problem, "a VM and a vCPU can be made, but a guest does not run",
                "dmesg may say why"};
    return {"/dev/kvm", State::ok, "opens, a VM and a vCPU can be made, a guest runs" + owner};
}

/// How to measure where a vendor module for neither VMX nor SVM is there.
std::string instead_of_other_vendor(const HostFacts& facts) {
    if (facts.state.loaded)
        return "what is measured is the other one";
    const bool can_go = !facts.built_in && facts.modules.at(facts.other_vendors.front()) != "built in";
    if (can_go && facts.state.isa != model::InstructionSet::unknown)
        return "sudo modprobe -r " + facts.other_vendors.front();
    return "measure in the lab, scripts/run --on lab";
}

Finding modules(const HostFacts& facts) {
    std::string text;
    for (const auto& [name, version] : facts.modules)
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", name,
                            version.empty() ? "(no version)" : version);
    for (const auto& [name, value] : facts.parameters)
        text += fmt::format(", {}={}", name, value);
    if (text.empty())
        return {"modules", State::note, "no KVM is loaded"};
    if (!facts.other_vendors.empty())
        return {
            "modules", facts.state.loaded ? State::note : State::problem, text,
            fmt::format("{} runs guests by neither VMX nor SVM: its exits have no counters and no reasons "
                        "that exitscope knows; {}",
                        facts.other_vendors.front(), instead_of_other_vendor(facts))};
    if (facts.built_in)
        return {"modules", State::note, text,
                "what is built in can be neither replaced nor switched to the other paging; its exits can be "
                "counted from outside: sudo scripts/run --on host --counters trace"};
    return {"modules", State::ok, text};
}

Finding counters(const HostFacts& facts) {
    const auto& name = facts.probe.counters;
    if (name == "exitscope")
        return {"exit counters", State::ok,
                fmt::format("in force{}, a guest can read them",
                            facts.state.in_force ? fmt::format(" with {}", facts.state.in_force->name) : "")};
    const auto& remark = facts.probe.remark;
    if (name.empty() && !remark.empty())
        return {"exit counters", State::warning, "those of a course patch cannot be used: " + remark,
                "scripts/load-kvm loads exitscope's"};
    if (!name.empty())
        return {"exit counters", State::warning,
                "those of a course patch, " + name + (remark.empty() ? "" : ": ") + remark,
                "the guest kernel reads them, without noise told apart; scripts/load-kvm loads exitscope's"};
    if (facts.state.in_force && facts.state.exit_counters == 0)
        return {"exit counters", State::note, "in the module, but off (exit_counters=0)",
                "`exitscope run --on host` loads it with exit_counters=1"};
    if (!facts.probe.guest_runs)
        return {"exit counters", State::note, "not known: no guest runs"};
    if (facts.state.in_force)
        return {"exit counters", State::warning, "in the module, but a guest does not see them",
                "dmesg may say why"};
    if (facts.built_in || (!facts.other_vendors.empty() && !facts.state.loaded))
        return {"exit counters", State::note, "none: this is a stock KVM",
                "a KVM with counters cannot be put in its place (see modules)"};
    return {"exit counters", State::note, "none: this is a stock KVM",
            "`exitscope run --on host` loads one with counters, and puts this one back"};
}

/// What keeps load-kvm from its work; of no matter where the counters are in force.
void add_loading(const HostFacts& facts, std::vector<Finding>& findings) {
    const auto bad = is_in_force(facts) ? State::note : State::problem;
    const auto add = [&](std::string_view item, bool is_good, std::string good, std::string text,
                         std::string remedy) {
        if (is_good)
            findings.push_back({std::string{item}, State::ok, std::move(good)});
        else
            findings.push_back({std::string{item}, bad, std::move(text), std::move(remedy)});
    };
    add("root", facts.is_root, "yes", "no: modules cannot be loaded", "sudo scripts/exitscope run --on host");
    add_kernel(facts, bad, findings);
    add("KVM as modules", !facts.built_in, "yes", "KVM is built into this kernel and cannot be replaced",
        "boot one with CONFIG_KVM=m, as Debian's are");
    add("module signatures", !facts.signed_only, "not wanted",
        "this kernel takes signed modules only (Secure Boot?)",
        "switch Secure Boot off, or sign the modules and give them with --modules");
    std::string users;
    std::string remedies;
    for (const auto& user : facts.kvm_users) {
        users += (users.empty() ? "in use by " : ", ") + user.name;
        if (!user.remedy.empty())
            remedies += "; " + user.remedy;
    }
    add("KVM users", facts.kvm_users.empty(), facts.is_root ? "none" : "none that this user may see", users,
        "end them first" + remedies);
    add("load-kvm", !facts.state.remembers, "has nothing to put back", "remembers modules to put back",
        "scripts/load-kvm --restore");
}

/// A run does not need it, but --witness does.
Finding trace_counter(const HostFacts& facts) {
    using host_kvm::Tracing;
    const auto lacks = [](std::string text, std::string remedy) {
        return Finding{"trace counter", State::note, std::move(text), std::move(remedy)};
    };
    switch (facts.tracing) {
        case Tracing::no_bpf:
            return lacks("this kernel has no BPF", "boot one with CONFIG_BPF_SYSCALL, as distributions' are");
        case Tracing::locked_down:
            return lacks("this kernel is locked down against reading it (confidentiality)",
                         "boot without lockdown=confidentiality");
        case Tracing::for_root:
            return lacks("for root only", "sudo scripts/exitscope run --on host --witness");
        case Tracing::no_tracefs:
            return lacks("tracefs is not mounted", "sudo mount -t tracefs trace /sys/kernel/tracing");
        case Tracing::no_kvm:
            return lacks("no KVM is loaded, so its tracepoints are not there",
                         "sudo modprobe kvm_intel, or kvm_amd; `run --on host` as root loads it itself");
        case Tracing::possible:
            break;
    }
    return {"trace counter", State::ok, "exits can be counted from outside (--witness)"};
}

void add_noise(const HostFacts& facts, std::vector<Finding>& findings) {
    const auto is = [](const std::optional<std::string>& value, std::string_view part) {
        return value && value->find(part) != std::string::npos;
    };
    if (is(facts.huge_pages, "[always]"))
        findings.push_back({"huge pages", State::note, "transparent huge pages are always used",
                            "workloads that touch pages one by one SKIP; echo never | sudo tee "
                            "/sys/kernel/mm/transparent_hugepage/enabled"});
    else if (facts.huge_pages)
        findings.push_back({"huge pages", State::ok, *facts.huge_pages});
    // Linux mmu/mmu.c, disallowed_hugepage_adjust(): the remedy for erratum "iTLB multihit".
    const auto nx = facts.parameters.find("kvm.nx_huge_pages");
    if (nx != facts.parameters.end() && nx->second == "Y" && facts.huge_pages &&
        !is(facts.huge_pages, "[never]"))
        findings.push_back(
            {"nx_huge_pages", State::note, "on: the first fetch from a huge page splits it, one more exit",
             "nothing for the guest kernel, which SKIPs on huge pages; for an inner Linux: echo "
             "never | sudo tee /sys/kernel/mm/transparent_hugepage/enabled"});
    if (is(facts.ksm, "1"))
        findings.push_back({"KSM", State::warning, "merges pages, which takes them from the guest again",
                            "echo 0 | sudo tee /sys/kernel/mm/ksm/run"});
    if (is(facts.nmi_watchdog, "1"))
        findings.push_back({"NMI watchdog", State::warning, "its NMIs are exits of reason 0 (EXCEPTION_NMI)",
                            "sudo sysctl kernel.nmi_watchdog=0"});
}

}  // namespace

Examination examine_host(const HostFacts& facts) {
    Examination examination{.place = "host"};
    auto& findings = examination.findings;
    findings = {cpu(facts), device(facts), modules(facts), counters(facts)};
    add_loading(facts, findings);
    findings.push_back(trace_counter(facts));
    findings.push_back(facts.qemu.empty()
                           ? Finding{"QEMU", State::problem, "qemu-system-x86_64 is not installed",
                                     "sudo apt install qemu-system-x86"}
                           : Finding{"QEMU", State::ok, facts.qemu});
    add_noise(facts, findings);
    return examination;
}

}  // namespace exitscope::command::doctor
