// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "arch/processors.h"

#include <algorithm>
#include <array>
#include <atomic>

#include "arch/interrupts.h"
#include "arch/local_apic.h"
#include "arch/wait.h"

// In boot/boot.S.
extern "C" const std::uint8_t trampoline_begin[];
extern "C" const std::uint8_t trampoline_end[];

/// Read by boot.S: the stack of the processor that starts.
extern "C" {
constinit std::uint64_t processor_stack_top = 0;
}

namespace exitscope::arch {

namespace {

/// Anywhere below 1 MiB; its content is put back.
constexpr std::uint64_t trampoline_page = 0x8000;
constexpr std::size_t trampoline_room = 64;

struct alignas(4096) Stack {
    std::array<std::uint8_t, 4096> bytes;
};

std::array<Stack, max_processors - 1> stacks;
std::atomic<std::uint32_t> running{1};
std::array<std::atomic<Job>, max_processors> jobs;

void do_job(InterruptFrame&) {
    end_of_interrupt();
    jobs[this_processor()].load()();
}

/// Starts one, and waits until it runs; false if it does not.
bool start_processor(std::uint32_t processor) {
    processor_stack_top = reinterpret_cast<std::uint64_t>(&stacks[processor - 1] + 1);
    send_init(processor);
    send_startup(processor, trampoline_page);
    send_startup(processor, trampoline_page);
    wait_until([&] { return running.load() > processor; }, "a processor did not start");
    forget_missed_event();
    return running.load() > processor;
}

}  // namespace

/// Called by boot.S on each other processor, with interrupts off.
extern "C" [[noreturn]] void processor_main() {
    load_interrupt_table();
    if (enable_local_apic())
        ++running;
    for (;;)
        asm volatile("sti; hlt" : : : "memory");
}

std::uint32_t start_processors(std::uint32_t count) {
    count = std::min(count, max_processors);
    set_interrupt_handler(job_vector, do_job);
    auto* const page = reinterpret_cast<std::uint8_t*>(trampoline_page);
    std::array<std::uint8_t, trampoline_room> before{};
    std::copy_n(page, before.size(), before.data());
    std::copy(trampoline_begin, trampoline_end, page);
    for (std::uint32_t processor = 1; processor < count && start_processor(processor);)
        ++processor;
    std::copy_n(before.data(), before.size(), page);
    return running_processors();
}

std::uint32_t running_processors() {
    return running.load();
}

void start_job(std::uint32_t processor, Job job) {
    jobs[processor] = job;
    send_interrupt(processor, job_vector);
}

std::uint32_t this_processor() {
    const auto frame = reinterpret_cast<std::uint64_t>(__builtin_frame_address(0));
    const auto begin = reinterpret_cast<std::uint64_t>(stacks.data());
    const std::uint64_t index = (frame - begin) / sizeof(Stack);
    return index < stacks.size() ? static_cast<std::uint32_t>(index) + 1 : 0;
}

}  // namespace exitscope::arch
