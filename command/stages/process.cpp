// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "stages/process.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include "stages/guard.h"
#include "text/file.h"

namespace exitscope::command::stages {

namespace {

std::vector<char*> pointers(std::vector<std::string>& words) {
    std::vector<char*> found;
    for (auto& word : words)
        found.push_back(word.data());
    found.push_back(nullptr);
    return found;
}

int status_of(int wait_status) {
    return WIFSIGNALED(wait_status) ? 128 + WTERMSIG(wait_status) : WEXITSTATUS(wait_status);
}

/// What posix_spawn is told; freed in any case.
struct SpawnSettings {
    posix_spawn_file_actions_t files{};
    posix_spawnattr_t attributes{};

    SpawnSettings() {
        posix_spawn_file_actions_init(&files);
        posix_spawnattr_init(&attributes);
    }
    ~SpawnSettings() {
        posix_spawn_file_actions_destroy(&files);
        posix_spawnattr_destroy(&attributes);
    }
    SpawnSettings(const SpawnSettings&) = delete;
    SpawnSettings& operator=(const SpawnSettings&) = delete;
    SpawnSettings(SpawnSettings&&) = delete;
    SpawnSettings& operator=(SpawnSettings&&) = delete;
};

}  // namespace

Process::Process(const ProgramCall& call) {
    SpawnSettings spawn;
    const mode_t mode = 0666;
    posix_spawn_file_actions_addopen(&spawn.files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (!call.output.empty())
        posix_spawn_file_actions_addopen(&spawn.files, STDOUT_FILENO, call.output.c_str(),
                                         O_WRONLY | O_CREAT | O_TRUNC, mode);
    if (!call.errors.empty())
        posix_spawn_file_actions_addopen(&spawn.files, STDERR_FILENO, call.errors.c_str(),
                                         O_WRONLY | O_CREAT | O_APPEND, mode);
    else if (!call.own_errors)
        posix_spawn_file_actions_adddup2(&spawn.files, STDOUT_FILENO, STDERR_FILENO);
    // Signals that this program ignores or catches have their default action in the other one.
    sigset_t usual;
    sigemptyset(&usual);
    posix_spawnattr_setsigmask(&spawn.attributes, &usual);
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGPIPE})
        sigaddset(&usual, number);
    posix_spawnattr_setsigdefault(&spawn.attributes, &usual);
    posix_spawnattr_setpgroup(&spawn.attributes, 0);
    posix_spawnattr_setflags(&spawn.attributes,
                             POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);

    auto words = call.words;
    auto environment = call.environment;
    for (char** entry = environ; *entry != nullptr; ++entry)
        environment.emplace_back(*entry);
    const int error = posix_spawnp(&pid_, words.front().c_str(), &spawn.files, &spawn.attributes,
                                   pointers(words).data(), pointers(environment).data());
    if (error != 0) {
        pid_ = -1;
        throw text::InputError(
            fmt::format("{} cannot be started: {}; is it installed? scripts/install-packages does",
                        words.front(), std::strerror(error)));
    }
    Guard::began(pid_);
}

Process::Process(Process&& other) noexcept
    : pid_{std::exchange(other.pid_, -1)}, status_{std::exchange(other.status_, std::nullopt)} {}

Process::~Process() {
    if (pid_ < 0 || status_)
        return;
    signal(SIGTERM);
    (void)wait();
}

void Process::take_status(int status) {
    status_ = status;
    Guard::ended(pid_);
}

std::optional<int> Process::poll() {
    int status = 0;
    if (!status_ && waitpid(pid_, &status, WNOHANG) == pid_)
        take_status(status_of(status));
    return status_;
}

int Process::wait() {
    int status = 0;
    while (!status_) {
        if (waitpid(pid_, &status, 0) == pid_)
            take_status(status_of(status));
        else if (errno != EINTR)
            take_status(255);
    }
    return *status_;
}

void Process::signal(int number) const {
    if (!status_)
        kill(-pid_, number);
}

}  // namespace exitscope::command::stages
