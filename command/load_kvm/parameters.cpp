// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "load_kvm/parameters.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

#include "host_kvm/sys_file.h"

namespace exitscope::command::load_kvm {

namespace {

std::filesystem::path parameters_folder(const std::filesystem::path& sys, std::string_view module) {
    return sys / "module" / module / "parameters";
}

}  // namespace

Parameters read_parameters(const std::filesystem::path& sys, std::string_view module) {
    Parameters found;
    for (const auto& file : host_kvm::entries_of(parameters_folder(sys, module))) {
        const auto value = host_kvm::value_in(file);
        if (value && value->find('\n') == std::string::npos)
            found.push_back({file.filename().string(), *value});
    }
    return found;
}

std::string text_of(const Parameters& parameters) {
    std::string text;
    for (const auto& [name, value] : parameters)
        text += fmt::format("{}={}\n", name, value);
    return text;
}

Parameters parse_parameters(std::string_view text) {
    Parameters found;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        const auto line = text.substr(0, end);
        const auto equals = line.find('=');
        if (equals != std::string_view::npos && equals > 0)
            found.push_back({std::string{line.substr(0, equals)}, std::string{line.substr(equals + 1)}});
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return found;
}

Parameters configured_parameters(std::string_view configuration, std::string_view module) {
    Parameters found;
    std::istringstream lines{std::string{configuration}};
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words{line};
        std::string kind;
        std::string name;
        if (!(words >> kind >> name) || kind != "options" || name != module)
            continue;
        for (std::string word; words >> word;) {
            for (auto& parameter : parse_parameters(word)) {
                std::erase_if(found, [&](const Parameter& other) { return other.name == parameter.name; });
                found.push_back(std::move(parameter));
            }
        }
    }
    return found;
}

Parameters differing(const Parameters& wanted, const Parameters& now) {
    Parameters found;
    std::ranges::copy_if(wanted, std::back_inserter(found), [&](const Parameter& parameter) {
        return std::ranges::find(now, parameter) == now.end();
    });
    return found;
}

std::optional<std::string> argument_of(const Parameter& parameter) {
    const auto& [name, value] = parameter;
    if (value.empty() || value == "(null)" || value == "???" || value.find('"') != std::string::npos)
        return std::nullopt;
    // Linux marks itself as tainted when this is given, with whatever value.
    if (name == "force_avic" && value == "N")
        return std::nullopt;
    const bool has_blank = value.find_first_of(" \t") != std::string::npos;
    return has_blank ? fmt::format("{}=\"{}\"", name, value) : fmt::format("{}={}", name, value);
}

std::vector<std::string> arguments_of(const Parameters& parameters) {
    std::vector<std::string> arguments;
    for (const auto& parameter : parameters) {
        if (auto argument = argument_of(parameter))
            arguments.push_back(std::move(*argument));
    }
    return arguments;
}

bool acts_when_loaded(std::string_view name) {
    return name == "enable_virt_at_load";
}

bool is_writable(const std::filesystem::path& sys, std::string_view module, std::string_view name) {
    std::error_code error;
    const auto status = std::filesystem::status(parameters_folder(sys, module) / name, error);
    // Not access(2), which says yes to root.
    return std::filesystem::exists(status) &&
           (status.permissions() & std::filesystem::perms::owner_write) != std::filesystem::perms::none;
}

bool write_parameter(const std::filesystem::path& sys, std::string_view module, const Parameter& parameter) {
    std::ofstream stream{parameters_folder(sys, module) / parameter.name};
    stream << parameter.value << std::flush;
    return stream.good();
}

}  // namespace exitscope::command::load_kvm
