// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "stages/guard.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string_view>
#include <thread>

namespace exitscope::command::stages {

namespace {

constexpr std::chrono::milliseconds between_looks{50};
constexpr std::chrono::seconds time_to_end{20};

/// The end of the pipe that this process writes to; its end is what the guard waits for.
int to_guard = -1;

void tell(std::string_view line) {
    if (to_guard >= 0)
        (void)!write(to_guard, line.data(), line.size());
}

/// What the guard was told, line by line.
struct Told {
    std::set<pid_t> groups{};
    std::vector<std::string> words{};
    bool is_over = false;

    void take(const std::string& line) {
        std::istringstream stream{line};
        std::string what;
        stream >> what;
        pid_t group = 0;
        if (what == "began" && stream >> group)
            groups.insert(group);
        else if (what == "ended" && stream >> group)
            groups.erase(group);
        else if (what == "over")
            is_over = true;
        else if (what == "then")
            words = {std::istream_iterator<std::string>{stream}, {}};
    }
};

Told listen(int pipe) {
    Told told;
    std::string line;
    std::array<char, 256> bytes{};
    ssize_t size = 0;
    while ((size = read(pipe, bytes.data(), bytes.size())) > 0 || (size < 0 && errno == EINTR)) {
        for (ssize_t i = 0; i < size; ++i) {
            if (bytes[static_cast<std::size_t>(i)] != '\n') {
                line += bytes[static_cast<std::size_t>(i)];
                continue;
            }
            told.take(line);
            line.clear();
        }
    }
    return told;
}

/// Whether the group's first process still runs; a zombie, which nobody may have waited for, does not.
bool is_there(pid_t group) {
    std::ifstream file{fmt::format("/proc/{}/stat", group)};
    std::string line;
    std::getline(file, line);
    const auto name_end = line.rfind(") ");
    return name_end != std::string::npos && line[name_end + 2] != 'Z';
}

/// They put back and remove what is theirs first.
void end_groups(const std::set<pid_t>& groups) {
    for (const auto group : groups)
        kill(-group, SIGTERM);
    const auto limit = std::chrono::steady_clock::now() + time_to_end;
    while (std::ranges::any_of(groups, is_there) && std::chrono::steady_clock::now() < limit)
        std::this_thread::sleep_for(between_looks);
    for (const auto group : groups)
        kill(-group, SIGKILL);
}

void run_this_program(std::vector<std::string> words) {
    const pid_t process = fork();
    if (process == 0) {
        words.insert(words.begin(), "exitscope");
        std::vector<char*> pointers;
        for (auto& word : words)
            pointers.push_back(word.data());
        pointers.push_back(nullptr);
        execv("/proc/self/exe", pointers.data());
        _exit(127);
    }
    while (waitpid(process, nullptr, 0) < 0 && errno == EINTR) {
    }
}

/// Nobody waits for an end of what this process has open, and no terminal reaches it.
void be_by_itself(int pipe) {
    setpgid(0, 0);
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE})
        (void)std::signal(number, SIG_IGN);
    const int nothing = open("/dev/null", O_RDWR);
    for (const int standard : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
        dup2(nothing, standard);
    constexpr int first_other = STDERR_FILENO + 1;
    dup2(pipe, first_other);
    close_range(first_other + 1, ~0U, 0);
}

[[noreturn]] void be_guard(const std::filesystem::path& folder, int pipe) {
    be_by_itself(pipe);
    const auto told = listen(STDERR_FILENO + 1);
    if (!told.is_over) {
        end_groups(told.groups);
        if (!told.words.empty())
            run_this_program(told.words);
        std::error_code error;
        std::filesystem::remove_all(folder, error);
    }
    _exit(0);
}

}  // namespace

Guard::Guard(const std::filesystem::path& folder) {
    std::array<int, 2> ends{};
    if (to_guard >= 0 || pipe2(ends.data(), O_CLOEXEC) != 0)
        return;
    process_ = fork();
    if (process_ == 0) {
        close(ends[1]);
        be_guard(folder, ends[0]);
    }
    close(ends[0]);
    if (process_ < 0)
        close(ends[1]);
    else
        to_guard = ends[1];
}

Guard::~Guard() {
    if (process_ < 0)
        return;
    tell("over\n");
    close(to_guard);
    to_guard = -1;
    while (waitpid(process_, nullptr, 0) < 0 && errno == EINTR) {
    }
}

void Guard::began(pid_t group) {
    tell(fmt::format("began {}\n", group));
}

void Guard::ended(pid_t group) {
    tell(fmt::format("ended {}\n", group));
}

void Guard::when_killed(const std::vector<std::string>& words) {
    std::string line = "then";
    for (const auto& word : words)
        line += " " + word;
    tell(line + "\n");
}

}  // namespace exitscope::command::stages
