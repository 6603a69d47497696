// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "host_kvm/kvm_probe.h"

#include <fcntl.h>
#include <linux/kvm.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace exitscope::command::host_kvm {

namespace {

constexpr std::uint64_t page_bytes = 4096;
constexpr std::uint64_t code_address = 0x1000;
constexpr std::array<unsigned char, 3> cpuid_and_halt{0x0f, 0xa2, 0xf4};

class Descriptor {
public:
    explicit Descriptor(int number) : number_{number} {}
    ~Descriptor() {
        if (number_ >= 0)
            close(number_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    Descriptor(Descriptor&&) = delete;
    Descriptor& operator=(Descriptor&&) = delete;

    [[nodiscard]] int number() const { return number_; }
    [[nodiscard]] int error() const { return number_ < 0 ? errno : 0; }

private:
    int number_;
};

class Mapping {
public:
    Mapping(std::size_t bytes, int flags, int descriptor)
        : bytes_{bytes}, memory_{mmap(nullptr, bytes, PROT_READ | PROT_WRITE, flags, descriptor, 0)} {}
    ~Mapping() {
        if (memory_ != MAP_FAILED)
            munmap(memory_, bytes_);
    }
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;
    Mapping(Mapping&&) = delete;
    Mapping& operator=(Mapping&&) = delete;

    [[nodiscard]] void* get() const { return memory_ == MAP_FAILED ? nullptr : memory_; }

private:
    std::size_t bytes_;
    void* memory_;
};

/// Runs CPUID in real mode, which is CPL 0, and reads the registers when the guest halts.
std::optional<model::CpuidResult> run_cpuid(int vcpu, const kvm_run& run, std::uint32_t leaf,
                                            std::uint32_t subleaf) {
    kvm_regs registers{};
    registers.rip = code_address;
    registers.rflags = 2;
    registers.rax = leaf;
    registers.rcx = subleaf;
    if (ioctl(vcpu, KVM_SET_REGS, &registers) != 0 || ioctl(vcpu, KVM_RUN, 0) != 0 ||
        run.exit_reason != KVM_EXIT_HLT || ioctl(vcpu, KVM_GET_REGS, &registers) != 0)
        return std::nullopt;
    return model::CpuidResult{
        static_cast<std::uint32_t>(registers.rax), static_cast<std::uint32_t>(registers.rbx),
        static_cast<std::uint32_t>(registers.rcx), static_cast<std::uint32_t>(registers.rdx)};
}

void ask_guest(int device, int vm, int vcpu, KvmProbe& probe) {
    const Mapping memory{page_bytes, MAP_PRIVATE | MAP_ANONYMOUS, -1};
    const int run_bytes = ioctl(device, KVM_GET_VCPU_MMAP_SIZE, 0);
    if (memory.get() == nullptr || run_bytes <= 0)
        return;
    const Mapping run{static_cast<std::size_t>(run_bytes), MAP_SHARED, vcpu};
    std::ranges::copy(cpuid_and_halt, static_cast<unsigned char*>(memory.get()));
    kvm_userspace_memory_region region{};
    region.guest_phys_addr = code_address;
    region.memory_size = page_bytes;
    region.userspace_addr = reinterpret_cast<std::uint64_t>(memory.get());
    kvm_sregs segments{};
    if (run.get() == nullptr || ioctl(vm, KVM_SET_USER_MEMORY_REGION, &region) != 0 ||
        ioctl(vcpu, KVM_GET_SREGS, &segments) != 0)
        return;
    segments.cs.base = 0;
    segments.cs.selector = 0;
    if (ioctl(vcpu, KVM_SET_SREGS, &segments) != 0)
        return;
    const auto cpuid = [&](std::uint32_t leaf, std::uint32_t subleaf) {
        return run_cpuid(vcpu, *static_cast<const kvm_run*>(run.get()), leaf, subleaf);
    };
    probe.guest_runs = cpuid(0, 0).has_value();
    if (probe.guest_runs)
        look_for_counters(cpuid, probe);
}

}  // namespace

KvmProbe probe_kvm(const std::filesystem::path& device_file) {
    KvmProbe probe;
    const Descriptor device{open(device_file.c_str(), O_RDWR | O_CLOEXEC)};
    if (probe.open_error = device.error(); probe.open_error != 0)
        return probe;
    probe.api_version = ioctl(device.number(), KVM_GET_API_VERSION, 0);
    if (probe.api_version != KVM_API_VERSION)
        return probe;
    const Descriptor vm{ioctl(device.number(), KVM_CREATE_VM, 0)};
    if (probe.vm_error = vm.error(); probe.vm_error != 0)
        return probe;
    // VMX wants room for its real mode where the CPU cannot run it by itself. Source: KVM's api.rst, 4.3.
    ioctl(vm.number(), KVM_SET_TSS_ADDR, 0xfffbd000);
    const Descriptor vcpu{ioctl(vm.number(), KVM_CREATE_VCPU, 0)};
    if (probe.vcpu_error = vcpu.error(); probe.vcpu_error != 0)
        return probe;
    ask_guest(device.number(), vm.number(), vcpu.number(), probe);
    return probe;
}

}  // namespace exitscope::command::host_kvm
