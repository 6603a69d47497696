// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include <fmt/core.h>

#include <memory>

#include "commands/commands.h"
#include "lab/kept_files.h"
#include "lab/kernel_option.h"
#include "lab/kernels.h"
#include "lab/lab_boot.h"
#include "lab/lab_job.h"
#include "measure/request_options.h"
#include "measure/session.h"
#include "stages/interruption.h"
#include "text/file.h"

namespace exitscope::command::commands {

namespace {

using std::filesystem::path;

constexpr int not_done = 69;  // EX_UNAVAILABLE of sysexits.h
// 2 may be QEMU's own status, which is handed through.
constexpr int wrong_usage = 64;  // EX_USAGE of sysexits.h
constexpr int timed_out = 124;   // as timeout(1) has it
constexpr int most_seconds = 99999;
constexpr std::size_t lines_of_a_failure = 20;

struct LabOptions {
    std::string setting;
    lab::LabRun run{.setting = evidence::settings.front(), .image = {.kernel = {}}, .live = true};
    std::string l1;
    bool stock = false;
    std::string modules;
    std::string out;
    int limit = 120;
};

/// lab/boot's job has one value a line.
std::string line_break(const std::string& word) {
    return word.find('\n') == std::string::npos ? std::string{} : "it cannot hold a line break";
}

/// Says why there is no status, and where to read on.
int say_not_done(int boot_status, const path& results, const path& log, const path& out) {
    const auto l1_log = out.empty() ? std::string{} : "; the log is " + (out / "l1.log").string();
    if (boot_status == timed_out) {
        fmt::print(stderr, "exitscope: timed out{}\n", l1_log);
        return timed_out;
    }
    if (out.empty())
        fmt::print(stderr, "{}\n", stages::last_lines(results / "l1.log", lines_of_a_failure));
    fmt::print(stderr, "{}\nexitscope: the run was not done{}\n", stages::last_lines(log, 5), l1_log);
    return not_done;
}

int run_in_lab(const LabOptions& options, const lab::Kernel& kernel, lab::KeptFiles& kept) {
    const stages::WorkFolder work;
    const auto places = stages::find_places(work.path());
    stages::catch_interruptions();
    // What a build says is wanted when it failed, after the work folder is gone.
    const auto logs = stages::cache_folder() / "logs";
    std::filesystem::create_directories(logs);
    stages::Stages stages{logs, work.path(), stages::Durations{stages::cache_folder() / "durations.json"}};
    const lab::LabBoot boot{
        .isa = options.run.setting.isa,
        .job = work.path() / "job",
        .results = work.path() / "results",
        .modules = lab::build_lab({.l1 = kernel.name,
                                   .isa = options.run.setting.isa,
                                   .kvm = options.stock ? lab::LabKvm::stock : lab::LabKvm::patched,
                                   .modules = options.modules},
                                  places, stages)
                       .modules,
        .l1 = kernel.name,
        // For a run that hangs so that L1 cannot end it: well above what it takes by any clock.
        .limit = std::chrono::seconds{60 + 4 * options.limit},
        .live = true};
    lab::write_lab_run(boot.job / "runs" / "1", options.run);

    const auto log = work.path() / "boot.log";
    const stages::Stage stage{
        .name = "boot",
        .commands = {{.words = lab::words_of(boot, places), .output = {}, .errors = log}},
        .quiet = true};
    const int boot_status = stages.run(stage).front();
    const auto status = lab::qemu_status_in(boot.results / "1");
    const bool is_done = boot_status == 0 && status;
    const auto out = kept.keep(boot.results, is_done);
    if (!is_done)
        return say_not_done(boot_status, boot.results, log, out);
    // QEMU's warnings; its standard output is here, too, which is the image's in no case.
    const auto qemu_log = boot.results / "1" / "qemu.log";
    std::error_code error;
    if (std::filesystem::exists(qemu_log, error))
        fmt::print(stderr, "{}", text::read_file(qemu_log));
    if (*status == timed_out)
        fmt::print(stderr, "exitscope: timed out after {} s of L1's clock\n", options.limit);
    return *status;
}

/// Says what the folder still holds, whatever ended the run.
class ToldOfFolder {
public:
    explicit ToldOfFolder(const std::string& out) : kept_{out} {}
    ~ToldOfFolder() {
        if (const auto stayed = kept_.what_stayed(); !stayed.empty())
            fmt::print(stderr, "exitscope: {}\n", stayed);
    }
    ToldOfFolder(const ToldOfFolder&) = delete;
    ToldOfFolder& operator=(const ToldOfFolder&) = delete;
    ToldOfFolder(ToldOfFolder&&) = delete;
    ToldOfFolder& operator=(ToldOfFolder&&) = delete;

    [[nodiscard]] lab::KeptFiles& kept() { return kept_; }

private:
    lab::KeptFiles kept_;
};

int lab_exit_code(const LabOptions& options) {
    try {
        const auto kernels = lab::read_kernels();
        const auto kernel = lab::find_kernel(kernels, options.l1);
        if (const auto mismatch = lab::mismatch(kernels, kernel, options.run.setting))
            throw usage::WrongUsage("--l1: " + *mismatch);
        ToldOfFolder folder{options.out};
        return run_in_lab(options, kernel, folder.kept());
    } catch (const stages::StageFailed&) {
        return not_done;
    } catch (const text::InputError& problem) {
        fmt::print(stderr, "exitscope: {}\n", problem.what());
        return not_done;
    }
}

}  // namespace

void add_lab_command(usage::CommandLine& line) {
    auto options = std::make_shared<LabOptions>();
    auto& run = options->run;
    const auto command =
        line.add("lab", "Run any image in the lab; its serial output comes out live", wrong_usage);
    command
        .option("--setting", options->setting,
                "ept=1, ept=0 (Intel with EPT or shadow paging), npt=1 or npt=0 (AMD with NPT or shadow "
                "paging)")
        .required()
        .one_of(measure::setting_names());
    command.option("--kernel", run.image.kernel, "Anything that QEMU's -kernel takes")
        .required()
        .existing_file();
    command.option("--initrd", run.image.initrd, "Its initial ramdisk, or its first multiboot module")
        .existing_file();
    command.option("--append", run.image.append, "Its command line").refuse(line_break);
    command
        .option("--qemu-arg", run.image.qemu_arguments,
                "One more argument for QEMU; may be repeated; they come last, so that -m or -cpu override "
                "ours")
        .one_at_a_time()
        .refuse(line_break);
    lab::add_kernel_option(command, options->l1,
                           "The kernel under the KVM (what a debug kernel finds stands in DIR/splats)");
    command.flag("--trace", run.trace, "Also count kvm_exit tracepoint events, into DIR/kvm_exit.json");
    command
        .option("--observe", run.observe,
                "When the guest has printed this and is at rest (it halts; nothing listens on port "
                "0xf4), keep what KVM says on the host's side, in DIR/query-stats.json and "
                "DIR/vcpu<N>.exit_counters, and end QEMU")
        .refuse(line_break);
    command
        .option("--exit-counters", run.exit_counters,
                "KVM's parameter: 0 off, 1 for the guest's kernel (default), 2 for its programs, too")
        .between(0, 2);
    const auto stock = command.flag("--stock", options->stock, "Load KVM without the patch");
    command.option("--modules", options->modules, "Load the modules in this folder instead of building them")
        .existing_folder()
        .excludes(stock);
    command
        .option("--timeout", options->limit,
                "End the image after so many seconds of L1's clock (default: 120)")
        .between(1, most_seconds);
    command.option("--out", options->out,
                   "Keep serial, l1.json, l1.log, qemu.log and, with --trace, kvm_exit.json in this folder");
    command.footer(
        "Runs one image under QEMU-KVM with exit-counting modules, on any machine: KVM runs in a small "
        "Linux\n"
        "(L1) that runs in an emulator, Bochs for ept=, QEMU TCG for npt=. Standard output is the image's\n"
        "serial output and nothing else.\n"
        "Exit codes: QEMU's own status (with isa-debug-exit on port 0xf4: 2 * value + 1), 124 timed out, 64\n"
        "wrong usage, 69 the lab could not be built or could not do the run, 129, 130 or 143 ended by a "
        "signal.");
    command.action([options] {
        options->run.setting = *evidence::find_setting(options->setting);
        options->run.image.limit = std::chrono::seconds{options->limit};
        return measure::exit_code_of_steps([&] { return lab_exit_code(*options); });
    });
}

}  // namespace exitscope::command::commands
