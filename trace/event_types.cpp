// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "trace/event_types.h"

#include <bpf/btf.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <memory>

#include "trace/event_format.h"

namespace exitscope::trace {

namespace {

using Btf = std::unique_ptr<btf, decltype(&btf__free)>;

std::string read_format(const std::string& events, const std::string& event) {
    const auto file = events + "/" + event + "/format";
    std::ifstream stream{file};
    if (!stream)
        throw CannotTrace(
            file + ": " + std::strerror(errno) +
            "; load kvm.ko, mount tracefs (mount -t tracefs trace /sys/kernel/tracing), and be root");
    return {std::istreambuf_iterator<char>{stream}, {}};
}

/// Adds the event's struct, with its name in the kernel.
void add_event(btf& types, const std::string& events, const std::string& event,
               const std::vector<std::string_view>& wanted) {
    constexpr std::uint32_t bits_per_byte = 8;
    const auto fields = read_fields(read_format(events, event), event, wanted);
    std::uint32_t size = 0;
    for (const auto& field : fields)
        size = std::max(size, field.offset + field.size);
    std::vector<int> ids;
    for (const auto& field : fields)
        ids.push_back(
            btf__add_int(&types, field.size == sizeof(std::uint64_t) ? "unsigned long long" : "unsigned int",
                         field.size, 0));
    btf__add_struct(&types, ("trace_event_raw_" + event).c_str(), size);
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (btf__add_field(&types, fields[i].name.c_str(), ids[i], fields[i].offset * bits_per_byte, 0) != 0)
            throw CannotTrace("the types of the tracepoint " + event +
                              " cannot be built: " + std::strerror(errno));
    }
}

}  // namespace

EventTypes::EventTypes(const std::string& events, pid_t vmm) {
    const Btf types{btf__new_empty(), btf__free};
    if (!types)
        throw CannotTrace(std::string{"the types of the tracepoints cannot be built: "} +
                          std::strerror(errno));
    add_event(*types, events, "kvm_exit", {"exit_reason", "isa", "vcpu_id"});
    add_event(*types, events, "kvm_cpuid", {"function", "index"});
    btf__add_enum(types.get(), "exitscope_trace", sizeof(std::uint32_t));
    btf__add_enum_value(types.get(), "EXITSCOPE_TRACE_VMM", vmm);
    std::uint32_t size = 0;
    const void* const data = btf__raw_data(types.get(), &size);
    file_ = memfd_create("exitscope-types", MFD_CLOEXEC);
    if (data == nullptr || file_ < 0 || write(file_, data, size) != static_cast<ssize_t>(size))
        throw CannotTrace(std::string{"the types of the tracepoints cannot be kept: "} +
                          std::strerror(errno));
    path_ = "/proc/self/fd/" + std::to_string(file_);
}

EventTypes::~EventTypes() {
    close(file_);
}

}  // namespace exitscope::trace
