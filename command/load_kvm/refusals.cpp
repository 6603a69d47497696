// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "load_kvm/refusals.h"

#include <fmt/format.h>

#include "host_kvm/kvm_users.h"
#include "host_kvm/modules.h"
#include "load_kvm/exit.h"
#include "load_kvm/module_file.h"

namespace exitscope::command::load_kvm {

namespace {

[[noreturn]] void refuse(const std::string& message) {
    throw Failure(Exit::refused, message);
}

}  // namespace

void refuse_built_in(const host_kvm::HostFolders& folders) {
    if (const auto module = host_kvm::built_in_module(folders.sys))
        refuse(
            fmt::format("{} is built into this kernel and cannot be replaced; boot one with CONFIG_KVM=m, "
                        "CONFIG_KVM_INTEL=m and CONFIG_KVM_AMD=m, as Debian's are",
                        *module));
}

void refuse_other_vendor(const host_kvm::HostFolders& folders, model::InstructionSet isa) {
    const auto found = host_kvm::read_host_state(folders).isa;
    if (found == isa)
        return;
    if (found == model::InstructionSet::svm)
        refuse("this CPU has SVM, not VMX: use --npt instead of --ept");
    if (found == model::InstructionSet::vmx)
        refuse("this CPU has VMX, not SVM: use --ept instead of --npt");
    refuse(
        fmt::format("this CPU shows no {}: switch virtualization on in the firmware; in a virtual machine, "
                    "nested virtualization in its host",
                    name_of(isa)));
}

void refuse_in_use(const host_kvm::HostFolders& folders) {
    const auto users = host_kvm::kvm_users(folders);
    if (users.empty())
        return;
    std::string message{"KVM is in use, and nothing was changed; end what uses it first:"};
    for (const auto& user : users)
        message += "\n" + text_of(user);
    refuse(message);
}

void refuse_unsigned(const host_kvm::HostFolders& folders, const std::vector<std::filesystem::path>& files) {
    const auto why = host_kvm::why_signed_only(folders.sys);
    if (why.empty())
        return;
    for (const auto& file : files) {
        if (field_of(file, "signer").empty())
            refuse(
                fmt::format("{} and takes no unsigned module. Either switch Secure Boot off in the firmware, "
                            "or sign the three modules of scripts/build-kvm with a key that is enrolled "
                            "(mokutil --import, sign-file of the kernel headers) and give their folder with "
                            "--modules",
                            why));
    }
}

}  // namespace exitscope::command::load_kvm
