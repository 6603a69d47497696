// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "load_kvm/module_file.h"

#include <algorithm>
#include <sstream>

#include "host_kvm/modules.h"
#include "host_kvm/sys_file.h"
#include "load_kvm/programs.h"

namespace exitscope::command::load_kvm {

std::string file_name_of(std::string_view module) {
    std::string name{module};
    std::ranges::replace(name, '_', '-');
    return name + ".ko";
}

std::string field_of(const std::filesystem::path& file, const std::string& field) {
    return ask_program({"modinfo", "-F", field, file}).output;
}

std::vector<std::string> parameter_names(const std::filesystem::path& file) {
    std::vector<std::string> names;
    std::istringstream lines{ask_program({"modinfo", "-p", file}).output};
    for (std::string line; std::getline(lines, line);)
        names.push_back(line.substr(0, line.find(':')));
    return names;
}

std::optional<std::filesystem::path> origin_of(std::string_view module,
                                               const std::filesystem::path& previous) {
    if (previous.empty()) {
        const auto [status, file] = ask_program({"modinfo", "-n", std::string{module}});
        return status == 0 ? std::optional<std::filesystem::path>{file} : std::nullopt;
    }
    for (const auto& file : host_kvm::entries_of(previous)) {
        std::error_code error;
        if (file.filename().string().starts_with(file_name_of(module)) &&
            std::filesystem::is_regular_file(file, error))
            return file;
    }
    return std::nullopt;
}

bool unpack_module(const std::filesystem::path& from, const std::filesystem::path& to) {
    const auto extension = from.extension();
    if (extension == ".xz")
        return run_program_into(to, {"xz", "-dc", from}) == 0;
    if (extension == ".zst")
        return run_program_into(to, {"zstd", "-dc", from}) == 0;
    if (extension == ".gz")
        return run_program_into(to, {"gzip", "-dc", from}) == 0;
    std::error_code error;
    return std::filesystem::copy_file(from, to, error);
}

bool is_file_of(const std::filesystem::path& sys, std::string_view module,
                const std::filesystem::path& file) {
    if (const auto id = host_kvm::build_id(sys, module); !id.empty())
        return host_kvm::value_in(file).value_or("").find(id) != std::string::npos;
    const auto version = host_kvm::srcversion(sys, module);
    return version && *version == field_of(file, "srcversion");
}

}  // namespace exitscope::command::load_kvm
