// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// What a Linux says on its console when it cannot do its work.

#include <string>
#include <string_view>
#include <vector>

namespace exitscope::command::inner_linux {

class Signs {
public:
    /// Keeps a line that says why; the first few of them.
    void look(std::string_view line);

    /// As sentences.
    [[nodiscard]] std::vector<std::string> take() { return std::move(sentences_); }

private:
    std::vector<std::string> sentences_{};
};

}  // namespace exitscope::command::inner_linux
