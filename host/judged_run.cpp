// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "judged_run.h"

#include "file.h"
#include "host_log.h"
#include "report_text.h"

namespace exitscope {

Result judge_run(const Setting& asked, const RunFiles& files, const std::filesystem::path& folder,
                 const std::string& name) {
    const auto log = read_report_text(files.serial);
    Circumstances circumstances{.asked = asked, .qemu_status = files.qemu_status};
    if (!files.host_log.empty())
        circumstances.complaints = kernel_complaints_in(files.host_log);
    if (!files.host.empty()) {
        circumstances.host = read_host_evidence(read_file(files.host), files.host.string());
        if (!files.revision.empty())
            circumstances.host->revision = files.revision;
    }
    if (!files.kvm_exit.empty())
        circumstances.tracepoint = read_tracepoint(read_file(files.kvm_exit), files.kvm_exit.string());
    auto result = make_result(parse_report(log), circumstances);
    write_file(folder / (name + ".ktap"), log.text);
    write_file(folder / (name + ".json"), write_result(result));
    return result;
}

}  // namespace exitscope
