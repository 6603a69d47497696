// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// exitstat: what this virtual machine costs in VM exits, by reason, seen from inside.

#include <sys/mman.h>
#include <time.h>

#include <cerrno>
#include <cinttypes>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "arguments.h"
#include "cpuid_instruction.h"
#include "json.h"
#include "processor.h"
#include "reader.h"
#include "spawned.h"
#include "text.h"

namespace exitscope::exitstat {

namespace {

constexpr int wrong_usage = 2;
constexpr int no_counters = 3;
constexpr int failed = 1;

volatile std::sig_atomic_t ended = 0;

void print_help() {
    std::puts(
        "Usage: exitstat [OPTION...] [--] [COMMAND [ARGUMENT...]]\n"
        "\n"
        "Shows the VM exits of the virtual machine that it runs in, by reason, on a KVM with exit counters: "
        "all since the\n"
        "machine was created, those of a COMMAND, or live.\n"
        "\n"
        "  --interval S  every S seconds, what was added (its own printing left out), until INT or TERM\n"
        "  --count N     with --interval: end after N of them\n"
        "  --vcpu N      only this virtual CPU, all its counters at one moment; the default where there is "
        "one only. With\n"
        "                several, all of them are counted, their counters read one after the other\n"
        "  --counters W  who counts. kvm (default): this KVM has exit counters. trace: exitscope-trace in "
        "the "
        "host, which\n"
        "                is only told the moments: nothing is shown but that. EXITSTAT_COUNTERS in the "
        "environment is\n"
        "                taken where this is not given\n"
        "  --json        one line of JSON; --name TEXT is carried in it, and --number N, by\n"
        "                which a line that is lost is missed\n"
        "  --all         also the reasons that did not occur\n"
        "\n"
        "Its own exits while it reads are not in a difference. Exit codes: 0, 1 output failed, or the\n"
        "counters began anew while a COMMAND ran, 2 wrong usage, 3 no exit counters here; with a COMMAND its "
        "own (126 it\n"
        "cannot be run, 127 not found), and 1 to 3 as before.");
}

bool on_kvm() {
    constexpr std::uint32_t hypervisor_leaf = 0x4000'0000;
    const auto signature = cpuid(hypervisor_leaf, 0);
    return signature.ebx == 0x4b4d564b && signature.ecx == 0x564b4d56 && signature.edx == 0x4d;  // KVMKVMKVM
}

int complain_of_no_counters(const model::CourseworkCounters& coursework) {
    if (!coursework.problem.empty()) {
        std::fprintf(
            stderr, "exitstat: the exit counters here cannot be used: %.*s (CPUID leaf 0x%" PRIx32 ")\n",
            static_cast<int>(coursework.problem.size()), coursework.problem.data(), coursework.problem_leaf);
        return no_counters;
    }
    std::fputs("exitstat: there are no exit counters here\n", stderr);
    std::fputs(on_kvm() ? "This is a virtual machine of KVM. Its host needs a KVM with exit counters, and\n"
                          "/sys/module/kvm/parameters/exit_counters has to be 2 there (1 answers the guest's "
                          "kernel only):\n"
                          "  scripts/load-kvm --ept on --exit-counters 2\n"
                        : "No KVM answers here: is this a virtual machine, and its hypervisor KVM?\n",
               stderr);
    return no_counters;
}

/// The kernel hands `EXITSTAT_COUNTERS=trace` on its command line to the first process, and so to all.
bool counted_outside(const Arguments& arguments) {
    const char* const environment = std::getenv("EXITSTAT_COUNTERS");
    return arguments.outside.value_or(environment != nullptr && counts_outside(environment).value_or(false));
}

/// Shows a reading; false for one that means nothing.
bool show(const Snapshot& snapshot, const Arguments& arguments, std::uint64_t round = 0) {
    if (snapshot.restarted) {
        std::fputs(
            "exitstat: the counters began anew in between: this machine went on in another VM (migrated, or "
            "restored)\n",
            stderr);
        return false;
    }
    if (arguments.json)
        print_json(stdout, snapshot, {arguments.name, arguments.number != 0 ? arguments.number + round : 0},
                   arguments.all);
    else
        print_text(stdout, snapshot, arguments.all);
    std::fflush(stdout);
    return true;
}

void sleep_until(timespec& moment, std::uint64_t milliseconds) {
    constexpr long nanoseconds = 1'000'000'000;
    moment.tv_sec += static_cast<time_t>(milliseconds / 1000);
    moment.tv_nsec += static_cast<long>(milliseconds % 1000) * 1'000'000;
    if (moment.tv_nsec >= nanoseconds) {
        moment.tv_nsec -= nanoseconds;
        ++moment.tv_sec;
    }
    while (ended == 0 && clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &moment, nullptr) == EINTR)
        continue;
}

void watch(Reader& reader, const Arguments& arguments, Snapshot& snapshot) {
    struct sigaction action = {};
    action.sa_handler = [](int) { ended = 1; };
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    timespec moment{};
    clock_gettime(CLOCK_MONOTONIC, &moment);
    for (unsigned round = 0; ended == 0 && (arguments.rounds == 0 || round < arguments.rounds); ++round) {
        reader.begin();
        sleep_until(moment, *arguments.interval);
        reader.end();
        reader.read_difference(snapshot);
        if (round != 0 && !arguments.json)
            std::putchar('\n');
        show(snapshot, arguments, round);
    }
}

int count(Reader& reader, const Processor& processor, const Arguments& arguments) {
    static Snapshot snapshot;
    if (arguments.interval) {
        watch(reader, arguments, snapshot);
        return 0;
    }
    if (arguments.command == nullptr) {
        reader.read_all(snapshot);
        show(snapshot, arguments);
        return 0;
    }
    reader.begin();
    processor.release();
    const int status = run_command(arguments.command);
    if (!processor.pin())
        return failed;
    reader.end();
    reader.read_difference(snapshot);
    return show(snapshot, arguments) ? status : failed;
}

int run(int argc, char** argv) {
    Arguments arguments;
    if (const char* const problem = parse_arguments(argc, argv, arguments)) {
        std::fprintf(stderr, "exitstat: %s; see --help\n", problem);
        return wrong_usage;
    }
    if (arguments.help) {
        print_help();
        return 0;
    }
    const bool outside = counted_outside(arguments);
    // The marks are those of one vCPU.
    if (outside && !arguments.vcpu && online_processors() != 1)
        arguments.vcpu = 0;
    const bool one_vcpu = arguments.vcpu || online_processors() == 1;
    const Processor processor{arguments.vcpu};
    if (!processor.pin()) {
        std::fprintf(stderr, "exitstat: no CPU %u for this process: %s\n", *arguments.vcpu,
                     std::strerror(errno));
        return wrong_usage;
    }
    // A page that is touched for the first time between two readings would be counted; without the right to
    // lock, the readings cost a few exits more.
    mlockall(MCL_CURRENT);
    Reader reader{cpuid, one_vcpu ? Scope::vcpu : Scope::vm, outside};
    if (!reader.source().found())
        return complain_of_no_counters(reader.source().coursework);
    return count(reader, processor, arguments);
}

}  // namespace

}  // namespace exitscope::exitstat

int main(int argc, char** argv) {
    const int status = exitscope::exitstat::run(argc, argv);
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
        std::fprintf(stderr, "exitstat: the output could not be written: %s\n", std::strerror(errno));
        return 1;
    }
    return status;
}
