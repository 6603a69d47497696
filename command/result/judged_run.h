// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// From the files of one run to its result file.

#include <filesystem>
#include <string>

#include "result/result_folder.h"

namespace exitscope::command::result {

/// Paths may be empty where there is no such file, but for the serial output.
struct RunFiles {
    std::filesystem::path serial;
    /// l1.json.
    std::filesystem::path host{};
    std::filesystem::path host_log{};
    /// kvm_exit.json.
    std::filesystem::path kvm_exit{};
    /// marks.jsonl, of a run whose exits were counted from outside.
    std::filesystem::path marks{};
    /// The commit of the checkout; empty if it is not known.
    std::string revision{};
    /// QEMU's, 124 after a time-out.
    int qemu_status = 0;
};

/// Judges the run and writes NAME.json and, before it, NAME.ktap to their place in the folder. Throws
/// InputError.
[[nodiscard]] Result judge_run(const evidence::Setting& asked, const RunFiles& files, ResultFolder& folder,
                               const std::string& name);

}  // namespace exitscope::command::result
