// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "stages/stages.h"

#include <fmt/core.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <csignal>
#include <fstream>
#include <thread>
#include <utility>

#include "stages/interruption.h"
#include "stages/run_places.h"
#include "text/file.h"

namespace exitscope::command::stages {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t lines_of_a_failure = 30;
constexpr std::streamoff tail_bytes = 16384;
constexpr std::chrono::milliseconds polling_interval{50};
constexpr int timed_out = 124;  // as timeout(1) has it
constexpr int killed = 128 + SIGKILL;

int seconds_since(Clock::time_point begin) {
    return static_cast<int>(std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - begin).count());
}

std::string step_of(const Stage& stage) {
    return stage.extent.empty() ? stage.name : stage.name + ": " + stage.extent;
}

/// A step that needs room fails with words of its own, if with any.
bool is_full(const std::filesystem::path& folder) {
    constexpr std::uintmax_t least_bytes = 1 << 20;
    std::error_code error;
    const auto space = std::filesystem::space(folder, error);
    return !error && space.available < least_bytes;
}

std::string newest_line(const Stage& stage, const std::filesystem::path& log) {
    std::filesystem::path newest = log;
    auto time = std::filesystem::file_time_type::min();
    for (const auto& file : stage.news) {
        std::error_code error;
        const auto written = std::filesystem::last_write_time(file, error);
        if (error || written < time)
            continue;
        time = written;
        newest = file;
    }
    return last_lines(newest, 1);
}

}  // namespace

std::string last_lines(const std::filesystem::path& file, std::size_t count) {
    std::ifstream stream{file, std::ios::binary | std::ios::ate};
    if (!stream)
        return {};
    const std::streamoff size = stream.tellg();
    stream.seekg(std::max<std::streamoff>(0, size - tail_bytes));
    std::string text{std::istreambuf_iterator<char>{stream}, std::istreambuf_iterator<char>{}};
    while (text.ends_with('\n') || text.ends_with('\r'))
        text.pop_back();
    std::size_t begin = text.size();
    for (; count > 0 && begin != std::string::npos && begin > 0; --count)
        begin = text.rfind('\n', begin - 1);
    return begin == std::string::npos ? text : text.substr(begin == 0 ? 0 : begin + 1);
}

Stages::Stages(std::filesystem::path logs, std::filesystem::path work, Durations durations)
    : logs_{std::move(logs)},
      work_{std::move(work)},
      durations_{std::move(durations)},
      progress_{isatty(STDERR_FILENO) == 1} {}

int Stages::seconds() const {
    return seconds_since(begin_);
}

std::filesystem::path Stages::log_of(const std::string& name) const {
    auto file = name;
    const auto is_no_word = [](unsigned char character) { return std::isalnum(character) == 0; };
    std::ranges::replace_if(file, is_no_word, '-');
    return logs_ / (file + ".log");
}

void Stages::pass_on_interruption(std::span<Process> processes, bool& told) const {
    if (undisturbed_ || told || interruption() == 0)
        return;
    told = true;
    for (const auto& process : processes)
        process.signal(SIGTERM);
}

Stages::Ended Stages::watch(const Stage& stage) {
    const auto begin = Clock::now();
    const auto elapsed = [begin] { return seconds_since(begin); };
    const auto tell = [&] {
        if (const auto lines = stage.tell ? stage.tell() : std::string{}; !lines.empty())
            progress_.tell(lines);
    };
    const auto expected = durations_.expected(step_of(stage));
    const auto log = log_of(stage.name);
    std::vector<Process> processes;
    processes.reserve(stage.commands.size());
    for (const auto& command : stage.commands)
        processes.emplace_back(command);

    bool told = false;
    bool late = false;
    while (std::ranges::any_of(processes, [](Process& process) { return !process.poll(); })) {
        std::this_thread::sleep_for(polling_interval);
        tell();
        if (!stage.quiet)
            progress_.show({.step = stage.name,
                            .seconds = elapsed(),
                            .expected = expected,
                            .news = newest_line(stage, log)});
        pass_on_interruption(processes, told);
        if (stage.limit && !late && Clock::now() - begin > *stage.limit) {
            late = true;
            for (const auto& process : processes)
                process.signal(SIGKILL);
        }
    }
    Ended ended{.statuses = {}, .seconds = elapsed()};
    if (!undisturbed_ && interruption() != 0)
        throw Interrupted{interruption()};
    tell();
    for (auto& process : processes)
        ended.statuses.push_back(late && process.wait() == killed ? timed_out : process.wait());
    return ended;
}

void Stages::finish(const Stage& stage, int seconds) {
    if (stage.quiet)
        return;
    progress_.finish(stage.name, seconds);
    durations_.remember(step_of(stage), seconds);
    times_ += fmt::format("{}{} {} s", times_.empty() ? "" : ", ", stage.name, seconds);
}

void Stages::fail(const std::string& step, int seconds, int status) {
    progress_.fail(step, seconds);
    const auto log = log_of(step);
    fmt::print(stderr, "{}\nThe whole log: {}\n", last_lines(log, lines_of_a_failure), log.string());
    for (const auto& [folder, remedy] : {std::pair{logs_, "make room, or choose another folder with --out"},
                                         std::pair{work_, "make room, or set TMPDIR to another disk"},
                                         std::pair{cache_folder(), "make room, or set XDG_CACHE_HOME"}}) {
        if (is_full(folder))
            fmt::print(stderr, "exitscope: No space left on device: the disk of {} is full; {}\n",
                       folder.string(), remedy);
    }
    throw StageFailed{status};
}

std::vector<int> Stages::run(const Stage& stage) {
    auto ended = watch(stage);
    finish(stage, ended.seconds);
    return ended.statuses;
}

void Stages::require(const Stage& stage) {
    const auto ended = watch(stage);
    const auto failed = std::ranges::find_if(ended.statuses, [](int status) { return status != 0; });
    if (failed == ended.statuses.end())
        return finish(stage, ended.seconds);
    fail(stage.name, ended.seconds, *failed);
}

std::string Stages::output_of(const std::string& name, std::vector<std::string> words) {
    return outputs_of({{.name = name, .words = std::move(words)}}).front();
}

std::vector<std::string> Stages::outputs_of(const std::vector<Step>& steps) {
    const auto begin = Clock::now();
    const auto output_of = [this](const Step& step) {
        return work_ / (log_of(step.name).stem().string() + ".output");
    };
    std::vector<Process> processes;
    processes.reserve(steps.size());
    for (const auto& step : steps) {
        std::error_code error;
        std::filesystem::remove(log_of(step.name), error);
        processes.emplace_back(
            ProgramCall{.words = step.words, .output = output_of(step), .errors = log_of(step.name)});
    }

    std::vector<bool> over(steps.size());
    bool told = false;
    while (std::ranges::find(over, false) != over.end()) {
        std::this_thread::sleep_for(polling_interval);
        const int seconds = seconds_since(begin);
        const Step* shown = nullptr;
        for (std::size_t i = 0; i < steps.size(); ++i) {
            if (over[i])
                continue;
            const auto status = processes[i].poll();
            over[i] = status.has_value();
            if (status == 0)
                finish({.name = steps[i].name, .commands = {}}, seconds);
            else if (status && !told)
                fail(steps[i].name, seconds, *status);  // the others end with their objects
            else if (!status && shown == nullptr)
                shown = &steps[i];
        }
        if (shown != nullptr)
            progress_.show({.step = shown->name,
                            .seconds = seconds,
                            .expected = durations_.expected(shown->name),
                            .news = last_lines(log_of(shown->name), 1)});
        pass_on_interruption(processes, told);
    }
    if (told)
        throw Interrupted{interruption()};
    std::vector<std::string> outputs;
    for (const auto& step : steps)
        outputs.push_back(last_lines(output_of(step), 1));
    return outputs;
}

}  // namespace exitscope::command::stages
