// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/core.h>

#include <unistd.h>

#include <memory>

#include "commands/commands.h"
#include "inner_linux/conclude_linux.h"
#include "inner_linux/initial_ramdisk.h"
#include "measure/conclude.h"
#include "measure/request_options.h"
#include "measure/session.h"
#include "text/file.h"

namespace exitscope::command::commands {

namespace {

/// Few megabytes are enough for ours; a distribution's needs more.
constexpr int default_memory = 128;
constexpr int least_memory = 16;
constexpr int most_memory = 1 << 20;

struct LinuxOptions {
    measure::RequestOptions request;
    std::string kernel;
    std::string initrd;
    std::string append;
    std::vector<std::string> disks;
    int memory = default_memory;
    int limit = 600;
    std::string format = "text";
};

/// The project's own inner Linux: the lab's small kernel, busybox and exitstat.
lab::Image own_image(measure::Session& session) {
    const auto lab = session.places().root / "lab";
    const auto kernels = lab::read_kernels();
    const auto kernel = session.stages().output_of(
        "inner Linux's kernel",
        {lab / "build-kernel", "--l1", lab::small_kernel(kernels, lab::this_distribution()).name});
    const auto exitstat = stages::built_file("exitstat/exitstat", "exitstat");
    if (!exitstat.words.empty())
        (void)session.stages().output_of("exitstat", exitstat.words);
    const auto initrd =
        session.stages().output_of("inner Linux's ramdisk", {lab / "build-inner", exitstat.path});
    return {.kernel = std::filesystem::path{kernel} / "vmlinux",
            .initrd = initrd,
            // The check counts ticks of the host's time: a busy host would make it panic.
            .append = "console=ttyS0 quiet panic=-1 no_timer_check"};
}

/// In the value of a QEMU option a comma is written twice.
std::string with_commas_doubled(const std::string& text) {
    std::string doubled;
    for (const char c : text)
        doubled.append(c == ',' ? 2 : 1, c);
    return doubled;
}

lab::Image image_of(const LinuxOptions& options, measure::Session& session) {
    lab::Image image;
    if (options.kernel.empty()) {
        image = own_image(session);
    } else {
        image.kernel = std::filesystem::absolute(options.kernel);
        if (!options.initrd.empty())
            image.initrd = std::filesystem::absolute(options.initrd);
        image.append = options.append.empty() ? "console=ttyS0 panic=-1" : options.append;
    }
    image.qemu_arguments = {"-m", fmt::format("{}M", options.memory)};
    for (const auto& disk : options.disks)
        image.qemu_arguments.insert(
            image.qemu_arguments.end(),
            {"-drive", fmt::format("if=virtio,file={},snapshot=on",
                                   with_commas_doubled(std::filesystem::absolute(disk)))});
    image.limit = std::chrono::seconds{options.limit};
    image.is_linux = true;
    return image;
}

/// What shows before anything is built or booted. A disk may hold what the ramdisk lacks.
void check_ramdisk(const LinuxOptions& options) {
    if (options.initrd.empty() || !options.disks.empty())
        return;
    const auto problem = inner_linux::ramdisk_problem(text::read_file(options.initrd));
    if (!problem.empty())
        throw text::InputError(fmt::format("--initrd: {} {}", options.initrd, problem));
}

/// The memory of the machine that QEMU is to run on, in MiB.
int memory_around(const measure::RunRequest& request, measure::Place place) {
    if (place == measure::Place::lab)
        return lab::find_kernel(lab::read_kernels(), request.l1).memory;
    const auto bytes = static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES)) *
                       static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
    return static_cast<int>(bytes >> 20);
}

void check_memory(const LinuxOptions& options, const measure::RunRequest& request, measure::Place place) {
    const auto around = memory_around(request, place);
    if (options.memory >= around)
        throw text::InputError(
            fmt::format("--memory: {} MiB are too much: {} has {} MiB itself", options.memory,
                        place == measure::Place::lab ? "the lab's Linux" : "this machine", around));
}

int measure_linux(const LinuxOptions& options) {
    check_ramdisk(options);
    auto request = options.request.asked();
    request.exit_counters = 2;
    if (!options.disks.empty() && request.place != measure::Place::host)
        throw text::InputError("--disk is for this host: say --on host, or give the lab an initial ramdisk");
    measure::Session session{request};
    if (!options.disks.empty() && session.plan().place != measure::Place::host)
        throw text::InputError("--disk is for this host, whose KVM has no exit counters yet: say --on host");
    check_memory(options, request, session.plan().place);
    const auto image = image_of(options, session);
    const auto measured = session.measure(image);
    return evidence::exit_code_of(inner_linux::conclude_linux(
        request, measured, session.logs(),
        {.has_end = options.kernel.empty(),
         .format = options.format == "markdown" ? inner_linux::TableFormat::markdown
                                                : inner_linux::TableFormat::text},
        session.results()));
}

}  // namespace

void add_linux_command(usage::CommandLine& line) {
    auto options = std::make_shared<LinuxOptions>();
    const auto command = line.add("linux", "Measure an inner Linux: boot, processes, memory, files, idling");
    options->request.request.out = "results/linux";
    measure::add_request_options(command, options->request);
    const auto kernel =
        command
            .option(
                "--kernel", options->kernel,
                "Another Linux than ours, with exitstat in it: what it prints on its serial console is read")
            .existing_file();
    command.option("--initrd", options->initrd, "Its initial ramdisk").existing_file().needs(kernel);
    command.option("--append", options->append, "Its command line (default: console=ttyS0 panic=-1)")
        .refuse([](const std::string& words) {
            return words.find_first_of("\n\r") == std::string::npos ? std::string{}
                                                                    : std::string{"a line break in it"};
        })
        .needs(kernel);
    command
        .option("--disk", options->disks,
                "On this host: a disk image for it, which is not changed; may be repeated")
        .existing_file()
        .needs(kernel);
    command.option("--memory", options->memory, "The guest's memory in MiB (default: 128)")
        .between(least_memory, most_memory);
    command.option("--timeout", options->limit, "End a run after so many seconds (default: 600)")
        .between(1, 86400);
    command.option("--format", options->format, "text (default) or markdown").one_of({"text", "markdown"});
    command.footer(
        "Prints a table for each instruction set: phases and exit reasons, with two-dimensional and with "
        "shadow\n"
        "paging. SETTING.json are result files: show, compare and report read them, too. A Linux of your own "
        "prints\n"
        "phases with `exitstat --json --name NAME -- COMMAND` and has to power off or reboot in the end.\n"
        "Exit codes: as run's.");
    command.action(
        [options] { return measure::exit_code_of_steps([&] { return measure_linux(*options); }); });
}

}  // namespace exitscope::command::commands
