// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "lab/programs.h"

#include <sstream>

#include "stages/run_places.h"
#include "text/file.h"

namespace exitscope::command::lab {

std::vector<std::string> parse_programs(std::string_view text) {
    std::vector<std::string> programs;
    std::istringstream stream{std::string{text}};
    for (std::string line; std::getline(stream, line);) {
        std::istringstream words{line};
        std::string use;
        std::string package;
        if (!(words >> use >> package) || use.substr(0, use.find(':')) != "lab")
            continue;
        for (std::string word; words >> word;)
            if (word.find('=') == std::string::npos)  // else another name of the package
                programs.push_back(word);
    }
    return programs;
}

std::vector<std::string> read_programs() {
    return parse_programs(text::read_file(stages::checkout_root() / "scripts" / "lib" / "packages.txt"));
}

}  // namespace exitscope::command::lab
