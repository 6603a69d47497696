// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "host_kvm/modules.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "host_kvm/sys_file.h"

namespace exitscope::command::host_kvm {

bool is_loaded(const std::filesystem::path& sys, std::string_view module) {
    std::error_code error;
    return std::filesystem::exists(sys / "module" / module / "initstate", error);
}

std::optional<std::string_view> built_in_module(const std::filesystem::path& sys) {
    for (const auto module : kvm_modules) {
        std::error_code error;
        if (std::filesystem::exists(sys / "module" / module, error) && !is_loaded(sys, module))
            return module;
    }
    return std::nullopt;
}

std::vector<std::string_view> present_modules(const std::filesystem::path& sys) {
    std::vector<std::string_view> present;
    for (const auto module : kvm_modules) {
        std::error_code error;
        if (std::filesystem::exists(sys / "module" / module, error))
            present.push_back(module);
    }
    return present;
}

std::vector<std::string> other_vendor_modules(const std::filesystem::path& sys) {
    std::vector<std::string> others;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator{sys / "module", error}) {
        auto name = entry.path().filename().string();
        if (name.starts_with("kvm_") && std::ranges::find(kvm_modules, name) == kvm_modules.end())
            others.push_back(std::move(name));
    }
    std::ranges::sort(others);
    return others;
}

std::vector<std::string_view> loaded_modules(const std::filesystem::path& sys) {
    std::vector<std::string_view> loaded;
    for (const auto module : kvm_modules) {
        if (is_loaded(sys, module))
            loaded.push_back(module);
    }
    return loaded;
}

std::string build_id(const std::filesystem::path& sys, std::string_view module) {
    constexpr std::size_t header_bytes = 16;  // three lengths and "GNU"
    std::ifstream stream{sys / "module" / module / "notes" / ".note.gnu.build-id", std::ios::binary};
    const std::string note{std::istreambuf_iterator<char>{stream}, std::istreambuf_iterator<char>{}};
    return note.size() > header_bytes ? note.substr(header_bytes) : std::string{};
}

std::string build_id_digits(const std::filesystem::path& sys, std::string_view module) {
    std::string digits;
    for (const char byte : build_id(sys, module))
        digits += fmt::format("{:02x}", static_cast<unsigned char>(byte));
    return digits;
}

std::optional<std::string> srcversion(const std::filesystem::path& sys, std::string_view module) {
    return first_line(sys / "module" / module / "srcversion");
}

std::string why_signed_only(const std::filesystem::path& sys) {
    const auto lockdown = first_line(sys / "kernel" / "security" / "lockdown").value_or("");
    if (lockdown.find("[integrity]") != std::string::npos ||
        lockdown.find("[confidentiality]") != std::string::npos)
        return "the kernel is locked down (Secure Boot does that)";
    if (first_line(sys / "module" / "module" / "parameters" / "sig_enforce") == "Y")
        return "the kernel enforces signatures (module.sig_enforce)";
    return {};
}

}  // namespace exitscope::command::host_kvm
