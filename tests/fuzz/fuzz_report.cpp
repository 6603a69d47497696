// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// Any bytes on the serial line: from the text to the result file.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "report/record.h"
#include "report/report_parser.h"
#include "result/result.h"

namespace exitscope::command {

namespace {

/// Seals each record anew: a check sum that is never right would hide all that comes after it.
std::string with_check_sums(std::string_view log) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string sealed;
    while (!log.empty()) {
        const auto end = log.find('\n');
        const auto line = log.substr(0, end);
        const auto crc = line.rfind(" crc=");
        if (report::Record::claimed_by(line) && crc != std::string_view::npos) {
            const auto text = line.substr(0, crc);
            sealed.append(text).append(" crc=");
            for (int shift = 28; shift >= 0; shift -= 4)
                sealed += digits[(report::crc32_of(text) >> static_cast<unsigned>(shift)) & 0xfU];
        } else {
            sealed.append(line);
        }
        if (end == std::string_view::npos)
            break;
        sealed += '\n';
        log.remove_prefix(end + 1);
    }
    return sealed;
}

void judge_log(std::string_view log, const evidence::Setting& asked) {
    const auto result = result::make_result(report::parse_report(log), {.asked = asked, .qemu_status = 33});
    // A result file of whatever was read is a result file. Writing it and reading it again takes some three
    // times as long as all before it, so one log in eight, chosen by its text, has to show it.
    constexpr std::uint32_t one_in = 8;
    if (report::crc32_of(log) % one_in == 0 &&
        result::read_result(result::write_result(result), "fuzz").verdict != result.verdict)
        std::abort();
}

}  // namespace

}  // namespace exitscope::command

namespace command = exitscope::command;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view log{reinterpret_cast<const char*>(data), size};
    const auto& asked = command::evidence::settings[size % command::evidence::settings.size()];
    command::judge_log(command::with_check_sums(log), asked);
    return 0;
}
