// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "trace/request.h"

#include <getopt.h>

#include <bit>
#include <charconv>
#include <cstring>

namespace exitscope::trace {

namespace {

constexpr std::uint32_t least_room = 4;
constexpr std::uint32_t most_room = 1U << 20;

enum Option : int { help = 'h', marks = 'm', room = 'r', windows = 'w' };

constexpr option options[] = {{"help", no_argument, nullptr, help},
                              {"marks", required_argument, nullptr, marks},
                              {"room", required_argument, nullptr, room},
                              {"windows", required_argument, nullptr, windows},
                              {nullptr, 0, nullptr, 0}};

bool read_room(std::uint32_t& kib) {
    const char* const end = optarg + std::strlen(optarg);
    const auto [rest, error] = std::from_chars(optarg, end, kib);
    return error == std::errc{} && rest == end && std::has_single_bit(kib) && kib >= least_room &&
           kib <= most_room;
}

std::string take(int found, TraceRequest& request) {
    switch (found) {
        case help:
            request.help = true;
            return {};
        case marks:
            request.marks = optarg;
            return {};
        case windows:
            request.windows = optarg;
            return {};
        case room:
            return read_room(request.room) ? "" : "--room is a power of two, 4 to 1048576";
        case ':':
            return "the last option wants a value";
        default:
            return "there is no such option";
    }
}

}  // namespace

std::string parse_request(int argc, char** argv, TraceRequest& request) {
    request = {};
    optind = 0;  // from the start, whatever was read before
    opterr = 0;
    for (int found = 0; (found = getopt_long(argc, argv, "+:h", options, nullptr)) != -1;) {
        if (auto problem = take(found, request); !problem.empty())
            return problem;
    }
    if (request.help)
        return {};
    if (request.marks == nullptr)
        return "--marks FILE is wanted";
    if (optind == argc)
        return "the COMMAND is wanted that runs the VM";
    request.command = argv + optind;
    return {};
}

}  // namespace exitscope::trace
