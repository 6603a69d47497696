// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "lab/lab_job.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string_view>

#include "text/file.h"

namespace exitscope::command::lab {

namespace {

void link(const std::filesystem::path& file, const std::filesystem::path& name) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error))
        throw text::InputError(fmt::format("no readable file: {}", file.string()));
    std::filesystem::create_symlink(std::filesystem::canonical(file), name);
}

}  // namespace

void write_lab_programs(const std::filesystem::path& job, const Image& image) {
    if (image.tracer.empty())
        return;
    std::filesystem::create_directories(job / "programs");
    link(image.tracer, job / "programs" / "exitscope-trace");
}

void write_lab_run(const std::filesystem::path& folder, const LabRun& run) {
    std::filesystem::create_directories(folder);
    const auto line = [&folder](const char* name, std::string_view value) {
        text::write_file(folder / name, fmt::format("{}\n", value));
    };
    link(run.image.kernel, folder / "kernel");
    if (!run.image.initrd.empty())
        link(run.image.initrd, folder / "initrd");
    if (!run.image.append.empty())
        line("append", run.image.append);
    auto qemu_arguments = run.image.qemu_arguments;
    qemu_arguments.insert(qemu_arguments.end(), run.host.qemu_arguments.begin(),
                          run.host.qemu_arguments.end());
    if (!qemu_arguments.empty())
        line("qemu-args", fmt::format("{}", fmt::join(qemu_arguments, "\n")));
    if (!run.host.kvm_parameters.empty())
        line("kvm-parameters", run.host.kvm_parameters);
    if (!run.host.vendor_parameters.empty())
        line("vendor-parameters", run.host.vendor_parameters);
    if (!run.host.machine.empty())
        line("machine", run.host.machine);
    if (!run.host.cpu.empty())
        line("cpu", run.host.cpu);
    if (run.image.virtio_console)
        line("virtio-console", "");
    if (!run.image.tracer.empty())
        line("marks", "");
    if (run.image.told)
        line("told", "");
    if (!run.observe.empty())
        line("observe", run.observe);
    if (run.live)
        line("live", "");
    line("setting", run.setting.name);
    line("vcpus", std::to_string(run.vcpus));
    line("huge-pages", run.host.huge_pages);
    line("exit_counters", std::to_string(run.exit_counters));
    line("trace", run.trace ? "yes" : "no");
    line("timeout", std::to_string(run.image.limit.count()));
}

}  // namespace exitscope::command::lab
