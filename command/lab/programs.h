// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The programs that the lab needs, from scripts/lib/packages.txt of the checkout.

#include <string>
#include <string_view>
#include <vector>

namespace exitscope::command::lab {

/// Reads the list's text: the programs of the lines for the lab.
[[nodiscard]] std::vector<std::string> parse_programs(std::string_view text);

/// Those of this command's checkout. Throws InputError.
[[nodiscard]] std::vector<std::string> read_programs();

}  // namespace exitscope::command::lab
