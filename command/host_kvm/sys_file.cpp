// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "host_kvm/sys_file.h"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace exitscope::command::host_kvm {

std::optional<std::string> first_line(const std::filesystem::path& file) {
    std::ifstream stream{file};
    std::string line;
    if (!stream || !std::getline(stream, line))
        return std::nullopt;
    return line;
}

std::optional<std::string> value_in(const std::filesystem::path& file) {
    std::ifstream stream{file, std::ios::binary};
    if (!stream)
        return std::nullopt;
    std::string text{std::istreambuf_iterator<char>{stream}, std::istreambuf_iterator<char>{}};
    if (stream.bad())
        return std::nullopt;
    while (text.ends_with('\n'))
        text.pop_back();
    return text;
}

std::vector<std::filesystem::path> entries_of(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> found;
    std::error_code error;
    for (std::filesystem::directory_iterator entry{folder, error}, end; !error && entry != end;
         entry.increment(error))
        found.push_back(entry->path());
    std::ranges::sort(found);
    return found;
}

}  // namespace exitscope::command::host_kvm
