// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT
#pragma once

// The BPF program in the kernel: loaded, attached, read.

#include <sys/types.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "trace/mark_lines.h"

struct exits;
struct ring_buffer;

namespace exitscope::trace {

struct CounterOptions {
    /// The process whose VM is counted.
    pid_t vmm = 0;
    /// Of marks that are not read yet; a power of two, at least a page. In bytes.
    std::uint32_t room = 4U << 20;
    /// tracefs, wherever it is mounted.
    std::string tracefs = "/sys/kernel/tracing";
};

/// Counts from its construction to its end. Other processes' VMs go on uncounted, at the price of a
/// comparison an exit.
class ExitCounter {
public:
    using MarkSink = std::function<void(const trace_mark&)>;

    /// Throws CannotTrace.
    ExitCounter(const CounterOptions& options, MarkSink sink);
    ~ExitCounter();
    ExitCounter(const ExitCounter&) = delete;
    ExitCounter& operator=(const ExitCounter&) = delete;

    /// Readable while marks wait.
    [[nodiscard]] int wake_up() const;
    /// Hands the marks that wait to the sink.
    void take_marks();

    /// A vCPU's counters now; `total` is 0 for one that has made no exit.
    [[nodiscard]] trace_vcpu vcpu(std::uint32_t number) const;
    [[nodiscard]] trace_losses losses() const;

private:
    MarkSink sink_;
    std::unique_ptr<exits, void (*)(exits*)> program_;
    std::unique_ptr<ring_buffer, void (*)(ring_buffer*)> ring_;
};

}  // namespace exitscope::trace
