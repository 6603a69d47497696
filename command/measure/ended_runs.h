// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The lab's runs, told of as they end.

#include <string>
#include <vector>

#include "measure/measured.h"
#include "result/result_folder.h"

namespace exitscope::command::measure {

class EndedRuns {
public:
    EndedRuns(result::ResultFolder& results, std::vector<MeasuredRun> runs)
        : results_{results}, pending_{std::move(runs)} {}

    /// A line for each run whose results came since the last call: its verdict, `seconds`, and what was
    /// counted first. The result file is written, too; the conclusion writes it again with what is known only
    /// then.
    [[nodiscard]] std::string tell(int seconds);

private:
    result::ResultFolder& results_;
    std::vector<MeasuredRun> pending_;
};

}  // namespace exitscope::command::measure
