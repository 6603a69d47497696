// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "workloads/support/receivers.h"

#include <array>
#include <atomic>

#include "arch/wait.h"

namespace exitscope::workloads {

namespace {

struct Receiver {
    std::atomic<bool> present;
    std::atomic<std::uint64_t> taken;
    /// What the processor has seen of `taken` outside the handler.
    std::atomic<std::uint64_t> acknowledged;
};

std::array<Receiver, arch::max_processors> receivers;
std::uint32_t receiver_count = 0;
std::atomic<bool> stopping;
void (*handle)() = nullptr;

void receive(arch::InterruptFrame&) {
    arch::end_of_interrupt();
    handle();
    ++receivers[arch::this_processor()].taken;
}

void spin() {
    auto& self = receivers[arch::this_processor()];
    self.present = true;
    arch::spin_until([&] {
        self.acknowledged = self.taken.load();
        return stopping.load();
    });
    self.present = false;
}

void wait_until_present(bool present) {
    for (std::uint32_t processor = 1; processor <= receiver_count; ++processor) {
        arch::wait_until(
            [=] { return receivers[processor].present == present; },
            present ? "another processor did not begin its job" : "another processor did not end its job");
    }
}

}  // namespace

void start_receivers(std::uint32_t count, void (*on_interrupt)()) {
    receiver_count = count;
    handle = on_interrupt;
    stopping = false;
    arch::set_interrupt_handler(arch::ipi_vector, receive);
    for (std::uint32_t processor = 1; processor <= count; ++processor) {
        receivers[processor].taken = 0;
        receivers[processor].acknowledged = 0;
        arch::start_job(processor, spin);
    }
    wait_until_present(true);
}

void wait_for_receivers(std::uint64_t interrupts) {
    for (std::uint32_t processor = 1; processor <= receiver_count; ++processor) {
        arch::wait_until([=] { return receivers[processor].acknowledged == interrupts; },
                         "another processor did not take the interrupt");
    }
}

void stop_receivers() {
    stopping = true;
    wait_until_present(false);
    arch::set_interrupt_handler(arch::ipi_vector, [](arch::InterruptFrame&) { arch::end_of_interrupt(); });
}

}  // namespace exitscope::workloads
