// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "arguments.h"

#include <getopt.h>

#include <charconv>
#include <cstring>

namespace exitscope::exitstat {

namespace {

constexpr unsigned most_vcpus = 4096;
constexpr std::uint64_t most_lines = 1'000'000;
constexpr std::uint64_t most_seconds = 1'000'000;
constexpr std::uint64_t thousand = 1000;

/// A whole decimal number of at most `most`.
template <typename Number>
std::optional<Number> read_number(const char* text, const char* end, Number most) {
    Number number = 0;
    const auto [rest, error] = std::from_chars(text, end, number);
    if (text == end || error != std::errc{} || rest != end || number > most)
        return std::nullopt;
    return number;
}

/// Seconds with at most three digits after a point, as milliseconds above 0.
std::optional<std::uint64_t> read_milliseconds(const char* text) {
    const char* const end = text + std::strlen(text);
    const char* const point = std::strchr(text, '.');
    const auto seconds = read_number(text, point != nullptr ? point : end, most_seconds);
    if (!seconds)
        return std::nullopt;
    std::uint64_t milliseconds = *seconds * thousand;
    if (point != nullptr) {
        const auto digits = end - point - 1;
        const auto fraction = read_number(point + 1, end, thousand - 1);
        if (digits > 3 || !fraction)
            return std::nullopt;
        milliseconds += *fraction * (digits == 1 ? 100U : digits == 2 ? 10U : 1U);
    }
    return milliseconds != 0 ? std::optional{milliseconds} : std::nullopt;
}

/// Whether JSON can hold it as it stands.
bool is_plain(const char* name) {
    for (; *name != '\0'; ++name) {
        if (*name < ' ' || *name > '~' || *name == '"' || *name == '\\')
            return false;
    }
    return true;
}

enum Option : int {
    all = 'a',
    count = 'c',
    help = 'h',
    interval = 'i',
    json = 'j',
    name = 'n',
    number = 'o',
    vcpu = 'v',
    counters = 'w'
};

constexpr option options[] = {{"all", no_argument, nullptr, all},
                              {"count", required_argument, nullptr, count},
                              {"counters", required_argument, nullptr, counters},
                              {"help", no_argument, nullptr, help},
                              {"interval", required_argument, nullptr, interval},
                              {"json", no_argument, nullptr, json},
                              {"name", required_argument, nullptr, name},
                              {"number", required_argument, nullptr, number},
                              {"vcpu", required_argument, nullptr, vcpu},
                              {nullptr, 0, nullptr, 0}};

const char* take(int option, Arguments& arguments) {
    switch (option) {
        case all:
            arguments.all = true;
            return nullptr;
        case help:
            arguments.help = true;
            return nullptr;
        case json:
            arguments.json = true;
            return nullptr;
        case name:
            arguments.name = optarg;
            return is_plain(optarg) ? nullptr : "--name is printable ASCII without quotes and backslashes";
        case number:
            arguments.number = read_number(optarg, optarg + std::strlen(optarg), most_lines).value_or(0);
            return arguments.number != 0 ? nullptr : "--number is one from 1 to 1000000";
        case counters:
            arguments.outside = counts_outside(optarg);
            return arguments.outside ? nullptr : "--counters is kvm or trace";
        case count: {
            const auto rounds = read_number(optarg, optarg + std::strlen(optarg), ~0U);
            arguments.rounds = rounds.value_or(0);
            return arguments.rounds != 0 ? nullptr : "--count is a number from 1 on";
        }
        case vcpu:
            arguments.vcpu = read_number(optarg, optarg + std::strlen(optarg), most_vcpus);
            return arguments.vcpu ? nullptr : "--vcpu is the number of a CPU, from 0 on";
        case interval:
            arguments.interval = read_milliseconds(optarg);
            return arguments.interval ? nullptr : "--interval is a number of seconds, 0.001 to 1000000";
        case ':':
            return "the last option wants a value";
        default:
            return "there is no such option";
    }
}

}  // namespace

std::optional<bool> counts_outside(std::string_view who) {
    if (who == "kvm")
        return false;
    return who == "trace" ? std::optional{true} : std::nullopt;
}

const char* parse_arguments(int argc, char** argv, Arguments& arguments) {
    arguments = {};
    optind = 0;  // from the start, whatever was read before
    opterr = 0;
    while (true) {
        const int option = getopt_long(argc, argv, "+:h", options, nullptr);
        if (option == -1)
            break;
        if (const char* const problem = take(option, arguments))
            return problem;
    }
    if (optind < argc)
        arguments.command = argv + optind;
    if (arguments.command != nullptr && arguments.interval)
        return "--interval and a command exclude each other";
    if (arguments.rounds != 0 && !arguments.interval)
        return "--count goes with --interval";
    return nullptr;
}

}  // namespace exitscope::exitstat
