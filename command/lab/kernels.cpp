// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "lab/kernels.h"

#include <fmt/core.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "stages/run_places.h"
#include "text/file.h"
#include "text/number.h"

namespace exitscope::command::lab {

namespace {

/// The columns that are read here; those that follow are the scripts', and the last may have several words.
namespace column {
constexpr std::size_t name = 0;
constexpr std::size_t series = 1;
constexpr std::size_t settings = 2;
constexpr std::size_t memory = 3;
constexpr std::size_t distributions = 4;
constexpr std::size_t config = 5;
constexpr std::size_t count = 10;
}  // namespace column

std::vector<std::string> split(const std::string& text, char separator) {
    std::vector<std::string> parts;
    std::istringstream stream{text};
    for (std::string part; std::getline(stream, part, separator);)
        parts.push_back(part);
    return parts;
}

std::vector<std::string> words_of(const std::string& line) {
    std::vector<std::string> words;
    std::istringstream stream{line};
    for (std::string word; stream >> word;)
        words.push_back(word);
    return words;
}

int memory_of(const std::string& word) {
    const auto number = text::parse_decimal(word);
    constexpr std::uint64_t most = 1 << 20;
    if (!number || *number == 0 || *number > most)
        throw text::InputError("no number of MiB: " + word);
    return static_cast<int>(*number);
}

/// Throws InputError with what is wrong, without the place.
Kernel kernel_of(const std::vector<std::string>& words) {
    if (words.size() < column::count)
        throw text::InputError(fmt::format("{} columns, not {}", words.size(), column::count));
    Kernel kernel{.name = words[column::name],
                  .series = words[column::series],
                  .settings = {},
                  .memory = memory_of(words[column::memory]),
                  .distributions = split(words[column::distributions], ','),
                  .small = words[column::config] != "-"};
    for (const auto& word : split(words[column::settings], ',')) {
        const auto* const setting = evidence::find_setting(word);
        if (setting == nullptr)
            throw text::InputError("no such setting: " + word);
        kernel.settings.push_back(*setting);
    }
    return kernel;
}

bool has_packages_of(const Kernel& kernel, std::string_view distribution) {
    return std::ranges::find(kernel.distributions, distribution) != kernel.distributions.end();
}

bool serves(const Kernel& kernel, const evidence::Setting& setting) {
    return std::ranges::find(kernel.settings, setting.name, &evidence::Setting::name) !=
           kernel.settings.end();
}

}  // namespace

std::vector<Kernel> parse_kernels(std::string_view text, std::string_view file) {
    std::vector<Kernel> kernels;
    std::istringstream stream{std::string{text}};
    int number = 0;
    for (std::string line; std::getline(stream, line);) {
        ++number;
        const auto words = words_of(line);
        if (words.empty() || line.front() == '#')
            continue;
        try {
            if (std::ranges::find(kernels, words.front(), &Kernel::name) != kernels.end())
                throw text::InputError("the name is there twice");
            kernels.push_back(kernel_of(words));
        } catch (const text::InputError& problem) {
            throw text::InputError(fmt::format("{}:{}: {}: {}", file, number, words.front(), problem.what()));
        }
    }
    if (kernels.empty())
        throw text::InputError(fmt::format("{}: no kernel is in it", file));
    return kernels;
}

std::vector<Kernel> read_kernels() {
    const auto file = stages::checkout_root() / "lab" / "kernels";
    return parse_kernels(text::read_file(file), file.string());
}

std::string this_distribution() {
    const char* const variable = std::getenv("EXITSCOPE_OS_RELEASE");
    std::ifstream stream{variable == nullptr ? "/etc/os-release" : variable};
    std::string id;
    std::string version;
    for (std::string line; std::getline(stream, line);) {
        std::erase(line, '"');
        if (line.starts_with("ID="))
            id = line.substr(3);
        if (line.starts_with("VERSION_ID="))
            version = line.substr(11);
    }
    return fmt::format("{}-{}", id, version);
}

const Kernel& default_kernel(std::span<const Kernel> kernels, std::string_view distribution) {
    const auto found = std::ranges::find_if(
        kernels, [distribution](const Kernel& kernel) { return has_packages_of(kernel, distribution); });
    return found == kernels.end() ? kernels.front() : *found;
}

const Kernel& small_kernel(std::span<const Kernel> kernels, std::string_view distribution) {
    const auto first = std::ranges::find_if(kernels, &Kernel::small);
    if (first == kernels.end())
        throw text::InputError("lab/kernels: no kernel that is built from source is in it");
    const auto found = std::ranges::find_if(kernels, [distribution](const Kernel& kernel) {
        return kernel.small && has_packages_of(kernel, distribution);
    });
    return found == kernels.end() ? *first : *found;
}

Kernel find_kernel(std::span<const Kernel> kernels, std::string_view name) {
    if (name.empty())
        return default_kernel(kernels, this_distribution());
    const auto found = std::ranges::find(kernels, name, &Kernel::name);
    if (found != kernels.end())
        return *found;
    std::string names;
    for (const auto& kernel : kernels)
        names += fmt::format("{}{}", names.empty() ? "" : ", ", kernel.name);
    throw text::InputError(fmt::format("no such L1 kernel: {} ({})", name, names));
}

std::string settings_text(const Kernel& kernel) {
    std::string text;
    for (const auto& setting : kernel.settings)
        text += fmt::format("{}{}", text.empty() ? "" : " and ", setting.name);
    return text;
}

std::optional<std::string> mismatch(std::span<const Kernel> kernels, const Kernel& kernel,
                                    const evidence::Setting& setting) {
    if (serves(kernel, setting))
        return std::nullopt;
    std::string others;
    for (const auto& other : kernels) {
        if (serves(other, setting))
            others += fmt::format("{}{}", others.empty() ? "" : ", ", other.name);
    }
    return fmt::format("{} runs in {}, which runs the L1 kernels {} only, not {}; measure {} with it",
                       setting.name, setting.isa == model::InstructionSet::vmx ? "Bochs" : "QEMU", others,
                       kernel.name, settings_text(kernel));
}

}  // namespace exitscope::command::lab
