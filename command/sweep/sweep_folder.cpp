// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "sweep/sweep_folder.h"

#include <fmt/core.h>

#include "text/file.h"

namespace exitscope::command::sweep {

namespace {

bool is_there(const std::filesystem::path& file) {
    std::error_code error;
    return std::filesystem::exists(file, error);
}

}  // namespace

SweepFolder::SweepFolder(std::filesystem::path folder, const std::string& made_of)
    : folder_{std::move(folder)} {
    const auto file = folder_ / "made-of";
    if (!is_there(file)) {
        text::write_file(file, made_of);
        return;
    }
    if (const auto before = text::read_file(file); before != made_of)
        throw text::InputError(
            fmt::format("{} holds a sweep of something else, so this one cannot go on in it; choose another "
                        "folder with --out, or remove that one\n  there: {}\n  asked for: {}",
                        folder_.string(), before, made_of));
}

std::filesystem::path SweepFolder::file(const std::string& change, const evidence::Setting& setting,
                                        const char* ending) const {
    return of(change) / fmt::format("{}.{}", setting.name, ending);
}

bool SweepFolder::is_done(const std::string& change, const evidence::Setting& setting) const {
    return is_there(file(change, setting, "json")) || is_there(file(change, setting, "refused"));
}

std::optional<result::Result> SweepFolder::result(const std::string& change,
                                                  const evidence::Setting& setting) const {
    const auto name = file(change, setting, "json");
    if (!is_there(name))
        return std::nullopt;
    return result::read_result(text::read_file(name), name.string());
}

std::string SweepFolder::refusal(const std::string& change, const evidence::Setting& setting) const {
    const auto name = file(change, setting, "refused");
    return is_there(name) ? text::read_file(name) : std::string{};
}

void SweepFolder::refuse(const std::string& change, const evidence::Setting& setting,
                         const std::string& why) const {
    text::write_file(file(change, setting, "refused"), why);
}

}  // namespace exitscope::command::sweep
