// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

// Any words on the command line: parsed or refused with a message. No command is carried out.

#include <CLI/CLI.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include "commands/commands.h"

namespace exitscope::command {

namespace {

struct Parsed {};

CLI::App& command_line() {
    static const auto line = [] {
        auto made = commands::make_command_line();
        // Comes when all has been read and checked, and before any command.
        made->parser().parse_complete_callback([] { throw Parsed{}; });
        return made;
    }();
    return line->parser();
}

void parse_words(const std::vector<std::string>& words) {
    std::vector<const char*> argv{"exitscope"};
    for (const auto& word : words)
        argv.push_back(word.c_str());
    auto& app = command_line();
    try {
        app.parse(static_cast<int>(argv.size()), argv.data());
        std::abort();  // A command was carried out.
    } catch (const Parsed&) {
        // A command line without a mistake.
    } catch (const CLI::ParseError& problem) {
        std::ostringstream out;
        std::ostringstream err;
        const bool wrong = app.exit(problem, out, err) != 0;
        // Help goes to standard output, a refusal to standard error, and neither is silent.
        if ((wrong ? err : out).str().empty())
            std::abort();
    }
}

}  // namespace

}  // namespace exitscope::command

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::vector<std::string> words(1);
    for (std::size_t i = 0; i < size; ++i) {
        if (data[i] == '\n' || data[i] == '\0')
            words.emplace_back();
        else
            words.back() += static_cast<char>(data[i]);
    }
    exitscope::command::parse_words(words);
    return 0;
}
