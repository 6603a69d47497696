// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// exitscope-trace: counts a VM's exits from outside, on any KVM.

#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>

#include "trace/event_format.h"
#include "trace/exit_counter.h"
#include "trace/request.h"

namespace exitscope::trace {

namespace {

constexpr int wrong_usage = 2;
constexpr int unavailable = 69;
constexpr int not_executable = 126;
constexpr int not_found = 127;

void print_help() {
    std::puts(
        "Usage: exitscope-trace --marks FILE [--windows FILE] [--room KIB] [--] COMMAND [ARGUMENT...]\n"
        "\n"
        "Becomes COMMAND, which runs a virtual machine on KVM, and counts the machine's exits meanwhile in "
        "the kernel, with\n"
        "a BPF program at the tracepoints kvm_exit and kvm_cpuid; KVM need not be patched. Each latching "
        "CPUID of the guest\n"
        "(leaf 0x4fffff02) is a mark: FILE gets a line of JSON with the counters of that vCPU. At the end it "
        "gets those of\n"
        "each vCPU, and a last line without which it is not whole. FILE is locked (flock) until then.\n"
        "\n"
        "  --windows FILE  the exits of each window (latch 0 to latch 1), as the guest kernel's told= takes "
        "them\n"
        "  --room KIB  for marks that are not written yet, a power of two (default 4096)\n"
        "\n"
        "Exit codes: COMMAND's own; before it began 2 wrong usage, 69 this kernel or user cannot trace, 126 "
        "COMMAND cannot\n"
        "be run, 127 it is not found.");
}

/// Words of this program, not of COMMAND.
int complain(const std::string& what, int status) {
    std::fprintf(stderr, "exitscope-trace: %s\n", what.c_str());
    return status;
}

/// Writes what was counted. A file that cannot be written has no last line.
class MarkFile {
public:
    MarkFile(std::FILE* file, std::FILE* windows) : file_{file}, windows_{windows} {}

    void add(const trace_mark& mark) {
        add(line_of(mark));
        if (windows_ != nullptr && mark.slot == 1)
            std::fputs(window_of(last_, mark).c_str(), windows_);
        last_ = mark;
    }

    void end(const ExitCounter& counter) {
        std::uint32_t isa = 0;
        for (std::uint32_t number = 0; number < TRACE_MOST_VCPUS; ++number) {
            const auto vcpu = counter.vcpu(number);
            if (vcpu.total == 0)
                continue;
            isa = vcpu.isa;
            add(line_of(vcpu, number));
        }
        add(last_line(isa, counter.losses()));
        std::fflush(file_);
        if (windows_ != nullptr)
            std::fflush(windows_);
    }

private:
    void add(const std::string& line) { std::fputs(line.c_str(), file_); }

    std::FILE* file_;
    /// May be null.
    std::FILE* windows_;
    trace_mark last_{};
};

void drain_until_end(ExitCounter& counter, int vmm) {
    std::array<pollfd, 2> wait{{{vmm, POLLIN, 0}, {counter.wake_up(), POLLIN, 0}}};
    while ((wait[0].revents & POLLIN) == 0) {
        if (poll(wait.data(), wait.size(), -1) < 0 && errno != EINTR)
            throw CannotTrace(std::string{"the end of the VM cannot be awaited: "} + std::strerror(errno));
        counter.take_marks();
    }
}

/// The child: counts what its parent's process, `vmm`, makes of exits, until that ends. It tells by `ready`
/// that counting has begun, or, with words, that it cannot.
int count(pid_t vmm, const TraceRequest& request, MarkFile& marks, int ready) {
    // What ends the VM is for the VM; the counting ends after it.
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT})
        std::signal(signal, SIG_IGN);
    const int process = static_cast<int>(syscall(SYS_pidfd_open, vmm, 0));
    try {
        if (process < 0)
            throw CannotTrace(std::string{"the VM's process cannot be watched: "} + std::strerror(errno));
        constexpr std::uint32_t kib = 1024;
        ExitCounter counter{{.vmm = vmm, .room = request.room * kib},
                            [&marks](const trace_mark& mark) { marks.add(mark); }};
        close(ready);
        drain_until_end(counter, process);
        counter.take_marks();
        marks.end(counter);
        return 0;
    } catch (const CannotTrace& problem) {
        // After the beginning nobody reads it; the file lacks its last line.
        std::signal(SIGPIPE, SIG_IGN);
        const std::string words = problem.what();
        return write(ready, words.data(), words.size()) < 0 ? 1 : unavailable;
    }
}

/// Waits until the child counts; returns why it does not, empty if it does.
std::string wait_for_counter(int ready) {
    std::string words;
    std::array<char, 512> some{};
    for (ssize_t size = 0; (size = read(ready, some.data(), some.size())) > 0;)
        words.append(some.data(), static_cast<std::size_t>(size));
    return words;
}

int run(int argc, char** argv) {
    TraceRequest request;
    if (const auto problem = parse_request(argc, argv, request); !problem.empty())
        return complain(problem + "; see --help", wrong_usage);
    if (request.help) {
        print_help();
        return 0;
    }
    std::FILE* const file = std::fopen(request.marks, "we");
    if (file == nullptr || flock(fileno(file), LOCK_EX | LOCK_NB) != 0)
        return complain(std::string{request.marks} + ": " + std::strerror(errno), wrong_usage);
    std::FILE* const windows = request.windows == nullptr ? nullptr : std::fopen(request.windows, "we");
    if (request.windows != nullptr && windows == nullptr)
        return complain(std::string{request.windows} + ": " + std::strerror(errno), wrong_usage);
    MarkFile marks{file, windows};
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return complain(std::string{"no pipe: "} + std::strerror(errno), unavailable);
    const pid_t vmm = getpid();
    const pid_t child = fork();
    if (child < 0)
        return complain(std::string{"no process: "} + std::strerror(errno), unavailable);
    if (child == 0) {
        close(ends[0]);
        std::fflush(stdout);
        _exit(count(vmm, request, marks, ends[1]));
    }
    close(ends[1]);
    if (const auto problem = wait_for_counter(ends[0]); !problem.empty()) {
        waitpid(child, nullptr, 0);
        return complain(problem, unavailable);
    }
    execvp(request.command[0], request.command);
    return complain(std::string{request.command[0]} + ": " + std::strerror(errno),
                    errno == ENOENT ? not_found : not_executable);
}

}  // namespace

}  // namespace exitscope::trace

int main(int argc, char** argv) {
    return exitscope::trace::run(argc, argv);
}
