// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "text/line_reader.h"

#include <fmt/core.h>

#include <cerrno>
#include <cstring>

#include "text/file.h"

namespace exitscope::command::text {

LineReader::LineReader(std::filesystem::path file)
    : file_{std::move(file)}, stream_{nullptr, std::fclose}, buffer_(2 * longest_line, '\0') {
    constexpr auto message = "{}: cannot be opened: {}; check the name and who may read it";
    std::error_code error;
    if (std::filesystem::is_directory(file_, error))
        throw InputError(fmt::format(message, file_.string(), "it is a folder"));
    stream_.reset(std::fopen(file_.c_str(), "rb"));
    if (!stream_)
        throw InputError(fmt::format(message, file_.string(), std::strerror(errno)));
}

std::optional<std::string_view> LineReader::next() {
    std::size_t searched = begin_;
    while (true) {
        if (const void* const found = std::memchr(buffer_.data() + searched, '\n', end_ - searched)) {
            const auto after = static_cast<std::size_t>(static_cast<const char*>(found) - buffer_.data()) + 1;
            const std::string_view line{buffer_.data() + begin_, after - begin_};
            begin_ = after;
            return line;
        }
        if (at_end_)
            break;
        searched = end_ - begin_;
        if (searched > longest_line) {
            begin_ = end_ - longest_line / 2;
            searched = longest_line / 2;
        }
        fill();
    }
    if (begin_ == end_)
        return std::nullopt;
    const std::string_view line{buffer_.data() + begin_, end_ - begin_};
    begin_ = end_;
    return line;
}

/// Moves what is left to the front and reads more after it.
void LineReader::fill() {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
    const auto size = std::fread(buffer_.data() + end_, 1, buffer_.size() - end_, stream_.get());
    end_ += size;
    if (size != 0)
        return;
    if (std::ferror(stream_.get()) != 0)
        throw InputError(fmt::format("{}: cannot be read: {}", file_.string(), std::strerror(errno)));
    at_end_ = true;
}

}  // namespace exitscope::command::text
