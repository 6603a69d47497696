// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The fields of a tracepoint's event, as its format file in tracefs tells them.

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace exitscope::trace {

/// The kernel cannot be traced; the message says why, and what helps.
class CannotTrace : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct EventField {
    std::string name;
    /// Both in bytes.
    std::uint32_t offset = 0;
    std::uint32_t size = 0;

    bool operator==(const EventField&) const = default;
};

/// Reads the fields named `wanted` out of a format file's text, in that order. `event` is for messages.
///
/// Errors: throws CannotTrace for a field that is missing or no number of 4 or 8 bytes: an event of another
/// shape must not be counted by the wrong field.
/// Source: Linux Documentation/trace/events.rst, "Event formats".
[[nodiscard]] std::vector<EventField> read_fields(std::string_view format, std::string_view event,
                                                  const std::vector<std::string_view>& wanted);

}  // namespace exitscope::trace
