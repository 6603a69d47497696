// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "judged_run.h"

#include "file.h"
#include "report_lines.h"
#include "report_parser.h"

namespace exitscope {

Result judge_run(const Setting& asked, const RunFiles& files, const std::filesystem::path& folder,
                 const std::string& name) {
    const auto log = read_file(files.serial);
    const auto host_log = files.host_log.empty() ? std::string{} : read_file(files.host_log);
    Circumstances circumstances{.asked = asked, .qemu_status = files.qemu_status, .host_log = host_log};
    if (!files.host.empty())
        circumstances.host = read_host_evidence(read_file(files.host), files.host.string());
    if (!files.kvm_exit.empty())
        circumstances.tracepoint = read_tracepoint(read_file(files.kvm_exit), files.kvm_exit.string());
    auto result = make_result(parse_report(log), circumstances);
    write_file(folder / (name + ".ktap"), find_report(log));
    write_file(folder / (name + ".json"), write_result(result));
    return result;
}

}  // namespace exitscope
