// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "bisect/measured_commit.h"

#include <fmt/core.h>

#include <sstream>

#include "text/file.h"

namespace exitscope::command::bisect {

namespace {

/// This command itself, even if its file has been replaced meanwhile.
constexpr const char* own_program = "/proc/self/exe";
/// The run came to its end, whatever came of it.
constexpr const char* done_name = "done";

/// What a run said last of why it failed: before the place of its log, which goes with the bisection.
std::string last_words(const std::filesystem::path& said) {
    constexpr std::size_t lines_looked_at = 6;
    std::istringstream lines{stages::last_lines(said, lines_looked_at)};
    std::string words;
    for (std::string line; std::getline(lines, line) && !line.starts_with("The whole log");) {
        if (!line.empty())
            words = line;
    }
    return words;
}

}  // namespace

bool CommitMeasurer::is_known(const std::string& id) const {
    std::error_code error;
    return std::filesystem::exists(results_ / id / done_name, error);
}

MeasuredCommit CommitMeasurer::measure(const std::string& id, const std::string& name,
                                       std::optional<int> steps_left) {
    const auto out = results_ / id;
    if (!is_known(id))
        run(out, name, steps_left);
    return read(out);
}

void CommitMeasurer::run(const std::filesystem::path& out, const std::string& name,
                         std::optional<int> steps_left) {
    std::filesystem::create_directories(out);
    stages::ProgramCall call{
        .words = {own_program, "run", "--tree", tree_, "--setting", std::string{request_.setting.name},
                  "--workloads", request_.workload, "--out", out},
        .output = out / "said",
        .errors = {}};
    if (!request_.guest.empty())
        call.words.insert(call.words.end(), {"--guest", request_.guest});
    std::string left;
    if (steps_left && done_ > 0)
        left = fmt::format(", then {} steps, about {} s", *steps_left, *steps_left * seconds_each());
    const auto begin = stages_.seconds();
    (void)stages_.run({.name = name + left, .commands = {call}, .extent = "bisect"});
    text::write_file(out / done_name, "");
    seconds_ += stages_.seconds() - begin;
    ++done_;
}

MeasuredCommit CommitMeasurer::read(const std::filesystem::path& out) const {
    const auto file = out / fmt::format("{}.json", request_.setting.name);
    std::error_code error;
    if (!std::filesystem::exists(file, error))
        return {.counts = {}, .problem = "does not build, or does not boot: " + last_words(out / "said")};
    const auto result = result::read_result(text::read_file(file), file.string());
    auto counts = counts_looked_at(result, request_);
    return {.counts = counts,
            .problem = counts ? "" : fmt::format("no exact count of {}", request_.workload)};
}

}  // namespace exitscope::command::bisect
