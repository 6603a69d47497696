// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "load_kvm/programs.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <thread>

#include "host_kvm/sys_file.h"
#include "load_kvm/exit.h"
#include "stages/interruption.h"
#include "stages/process.h"
#include "text/file.h"

namespace exitscope::command::load_kvm {

namespace {

/// A file without a name, for what a program prints.
class MemoryFile {
public:
    MemoryFile() : number_{memfd_create("output", 0)} {
        if (number_ < 0)
            throw text::InputError(fmt::format("no memory for a program's output: {}", std::strerror(errno)));
    }
    ~MemoryFile() { close(number_); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;
    MemoryFile(MemoryFile&&) = delete;
    MemoryFile& operator=(MemoryFile&&) = delete;

    /// The program inherits the descriptor, so the name means the same file there.
    [[nodiscard]] std::filesystem::path path() const { return fmt::format("/proc/self/fd/{}", number_); }
    [[nodiscard]] std::string text() const { return host_kvm::value_in(path()).value_or(""); }

private:
    int number_;
};

}  // namespace

int run_program(std::vector<std::string> words) {
    return stages::Process{{.words = std::move(words), .output = {}, .errors = {}, .own_errors = true}}
        .wait();
}

Ran ask_program(std::vector<std::string> words) {
    const MemoryFile output;
    const int status =
        stages::Process{
            {.words = std::move(words), .output = output.path(), .errors = {}, .own_errors = true}}
            .wait();
    return {.status = status, .output = output.text()};
}

Ran try_program(std::vector<std::string> words) {
    const MemoryFile output;
    const int status =
        stages::Process{{.words = std::move(words), .output = output.path(), .errors = {}}}.wait();
    return {.status = status, .output = output.text()};
}

Ran ask_long_program(std::vector<std::string> words) {
    const MemoryFile output;
    stages::Process process{
        {.words = std::move(words), .output = output.path(), .errors = {}, .own_errors = true}};
    while (!process.poll()) {
        stop_if_interrupted();  // which ends the process
        std::this_thread::sleep_for(std::chrono::milliseconds{20});
    }
    return {.status = process.wait(), .output = output.text()};
}

int run_program_into(const std::filesystem::path& file, std::vector<std::string> words) {
    return stages::Process{{.words = std::move(words), .output = file, .errors = {}, .own_errors = true}}
        .wait();
}

void do_step(std::vector<std::string> words) {
    const auto text = fmt::format("{} {}", words.front(), words.at(1));
    if (const int status = run_program(std::move(words)); status != 0)
        throw Failure(Exit::failed, fmt::format("{} failed with status {}", text, status));
    stop_if_interrupted();
}

void stop_if_interrupted() {
    if (const int signal = stages::interruption(); signal != 0)
        throw stages::Interrupted{signal};
}

}  // namespace exitscope::command::load_kvm
