// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// A file of any size line by line, in the memory of one buffer.

#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace exitscope::command::text {

class LineReader {
public:
    /// Of a longer line the first part is dropped: lines are recognised by how they end.
    static constexpr std::size_t longest_line = 1 << 20;

    /// Throws InputError if the file cannot be opened.
    explicit LineReader(std::filesystem::path file);

    /// The next line with its end, which the last one may lack; a view until the next call. Nothing at the
    /// end of the file. Throws InputError if it cannot be read.
    [[nodiscard]] std::optional<std::string_view> next();

private:
    void fill();

    std::filesystem::path file_;
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream_;
    std::string buffer_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    bool at_end_ = false;
};

}  // namespace exitscope::command::text
