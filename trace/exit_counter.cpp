// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "trace/exit_counter.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "exits.skel.h"
#include "trace/event_format.h"
#include "trace/event_types.h"

namespace exitscope::trace {

namespace {

/// What libbpf complained of; it tells more than the error's number.
std::string said;

int keep_words(libbpf_print_level level, const char* format, va_list arguments) {
    char text[1024];
    const int size = std::vsnprintf(text, sizeof(text), format, arguments);
    if (level == LIBBPF_WARN)
        said += text;
    return size;
}

[[noreturn]] void fail(const std::string& what) {
    const int error = errno;
    std::string message = what + ": " + std::strerror(error);
    if (error == EPERM || error == EACCES)
        message += "; be root, or have CAP_BPF and CAP_PERFMON, on a kernel without lockdown=confidentiality";
    else if (error == ENOSYS || error == EINVAL || error == ENOENT)
        message += "; the kernel needs CONFIG_BPF_SYSCALL and CONFIG_BPF_EVENTS, Linux 5.11 or newer";
    if (!said.empty())
        message += "\n" + said;
    throw CannotTrace(message);
}

template <typename Entry>
Entry read_entry(const bpf_map& map, std::uint32_t number) {
    Entry entry{};
    if (bpf_map__lookup_elem(&map, &number, sizeof(number), &entry, sizeof(entry), 0) != 0)
        fail("what was counted cannot be read");
    return entry;
}

int take_mark(void* sink, void* data, std::size_t size) {
    if (size >= sizeof(trace_mark))
        (*static_cast<ExitCounter::MarkSink*>(sink))(*static_cast<const trace_mark*>(data));
    return 0;
}

}  // namespace

ExitCounter::ExitCounter(const CounterOptions& options, MarkSink sink)
    : sink_{std::move(sink)}, program_{nullptr, exits__destroy}, ring_{nullptr, ring_buffer__free} {
    libbpf_set_print(keep_words);
    const EventTypes types{options.tracefs + "/events/kvm", options.vmm};
    bpf_object_open_opts how{};
    how.sz = sizeof(how);
    how.btf_custom_path = types.path().c_str();
    program_.reset(exits__open_opts(&how));
    if (!program_)
        fail("the counting program cannot be opened");
    if (bpf_map__set_max_entries(program_->maps.marks, options.room) != 0)
        fail("no room of " + std::to_string(options.room) + " bytes for marks");
    if (exits__load(program_.get()) != 0)
        fail("the kernel does not take the counting program");
    ring_.reset(ring_buffer__new(bpf_map__fd(program_->maps.marks), take_mark, &sink_, nullptr));
    if (!ring_)
        fail("the marks cannot be received");
    if (exits__attach(program_.get()) != 0)
        fail("the counting program cannot be attached to KVM's tracepoints");
}

ExitCounter::~ExitCounter() = default;

int ExitCounter::wake_up() const {
    return ring_buffer__epoll_fd(ring_.get());
}

void ExitCounter::take_marks() {
    if (ring_buffer__consume(ring_.get()) < 0)
        fail("the marks cannot be received");
}

trace_vcpu ExitCounter::vcpu(std::uint32_t number) const {
    return read_entry<trace_vcpu>(*program_->maps.vcpus, number);
}

trace_losses ExitCounter::losses() const {
    return read_entry<trace_losses>(*program_->maps.losses, 0);
}

}  // namespace exitscope::trace
