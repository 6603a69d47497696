// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "load_kvm/insert.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "load_kvm/programs.h"

namespace exitscope::command::load_kvm {

namespace {

Ran insert_module(const std::filesystem::path& file, const Parameters& parameters) {
    std::vector<std::string> words{"insmod", file};
    std::ranges::move(arguments_of(parameters), std::back_inserter(words));
    return try_program(words);
}

/// As kmod words EINVAL, which a value that is not taken gives.
bool is_about_parameters(const Ran& ran) {
    return ran.output.find("nvalid parameter") != std::string::npos;
}

/// All but the one at `place`.
Parameters without(const Parameters& parameters, std::size_t place) {
    auto others = parameters;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(place));
    return others;
}

}  // namespace

Ran insert_with_all_but_one(const std::filesystem::path& file, const Parameters& parameters) {
    auto first = insert_module(file, parameters);
    if (first.status != 0 && is_about_parameters(first)) {
        for (std::size_t place = 0; place < parameters.size(); ++place) {
            const auto& parameter = parameters[place];
            if (!acts_when_loaded(parameter.name) && argument_of(parameter) &&
                insert_module(file, without(parameters, place)).status == 0)
                return {};
        }
    }
    return first;
}

bool insert_with_parameters(const std::filesystem::path& file, const Parameters& parameters) {
    if (insert_with_all_but_one(file, parameters).status == 0)
        return true;
    Parameters needed;
    std::ranges::copy_if(parameters, std::back_inserter(needed),
                         [](const Parameter& parameter) { return acts_when_loaded(parameter.name); });
    const auto last = insert_module(file, needed);
    if (last.status != 0)
        fmt::print(stderr, "{}\n", last.output);
    return last.status == 0;
}

std::string quoted_for_shell(const std::string& argument) {
    constexpr std::string_view plain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_=-+.,:/@%";
    if (argument.find_first_not_of(plain) == std::string::npos)
        return argument;
    std::string quoted{"'"};
    for (const char c : argument)
        quoted += c == '\'' ? std::string{"'\\''"} : std::string{c};
    return quoted + "'";
}

}  // namespace exitscope::command::load_kvm
