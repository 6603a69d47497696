/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
#include "guest.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/kvm.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

int must(int result, const char* what) {
    if (result < 0) {
        perror(what);
        exit(2);
    }
    return result;
}

static int kvm_device(void) {
    static int fd = -1;

    if (fd < 0)
        fd = must(open("/dev/kvm", O_RDWR | O_CLOEXEC), "/dev/kvm");
    return fd;
}

/* Leaf 0 says Intel, so that KVM returns leaf 1 for leaves out of range. */
const struct kvm_cpuid_entry2 guest_cpuid_intel[2] = {
    {.function = 0, .eax = 1, .ebx = 0x756e6547, .ecx = 0x6c65746e, .edx = 0x49656e69},
    {.function = 1, .eax = 0x11, .ebx = 0x12, .ecx = 0x13, .edx = 1 << 9},
};

void vcpu_set_cpuid(struct vcpu* vcpu, const struct kvm_cpuid_entry2* entries, size_t count) {
    struct {
        struct kvm_cpuid2 head;
        struct kvm_cpuid_entry2 entry[16];
    } cpuid = {.head.nent = count};

    memcpy(cpuid.entry, entries, count * sizeof(*entries));
    must(ioctl(vcpu->fd, KVM_SET_CPUID2, &cpuid), "KVM_SET_CPUID2");
}

static uint32_t code_of(const struct vcpu* vcpu) {
    return guest_code + (vcpu - vcpu->vm->vcpu) * 0x20000;
}

static uint32_t results_of(const struct vcpu* vcpu) {
    return guest_results + (vcpu - vcpu->vm->vcpu) * 0x20000;
}

void vcpu_create(struct vm* vm, int index) {
    struct kvm_mp_state runnable = {.mp_state = KVM_MP_STATE_RUNNABLE};
    struct vcpu* vcpu = &vm->vcpu[index];

    vcpu->vm = vm;
    vcpu->run_bytes = must(ioctl(kvm_device(), KVM_GET_VCPU_MMAP_SIZE, 0), "KVM_GET_VCPU_MMAP_SIZE");
    vcpu->fd = must(ioctl(vm->fd, KVM_CREATE_VCPU, index), "KVM_CREATE_VCPU");
    vcpu->run = mmap(NULL, vcpu->run_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, vcpu->fd, 0);
    must(vcpu->run == MAP_FAILED ? -1 : 0, "mmap of kvm_run");
    vcpu_set_cpuid(vcpu, guest_cpuid_intel, 2);
    vcpu_set_cpl(vcpu, 0);
    must(ioctl(vcpu->fd, KVM_SET_MP_STATE, &runnable), "KVM_SET_MP_STATE");
}

void vm_create_empty(struct vm* vm) {
    struct kvm_userspace_memory_region region = {.memory_size = guest_memory_bytes};

    *vm = (struct vm){.fd = must(ioctl(kvm_device(), KVM_CREATE_VM, 0), "KVM_CREATE_VM")};
    vm->memory = mmap(NULL, guest_memory_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    must(vm->memory == MAP_FAILED ? -1 : 0, "mmap of guest memory");
    region.userspace_addr = (uintptr_t)vm->memory;
    must(ioctl(vm->fd, KVM_SET_TSS_ADDR, 0xfffbd000), "KVM_SET_TSS_ADDR");
    must(ioctl(vm->fd, KVM_SET_USER_MEMORY_REGION, &region), "KVM_SET_USER_MEMORY_REGION");
    must(ioctl(vm->fd, KVM_CREATE_IRQCHIP, 0), "KVM_CREATE_IRQCHIP");
}

void vm_create(struct vm* vm) {
    vm_create_empty(vm);
    vcpu_create(vm, 0);
}

void vm_destroy(struct vm* vm) {
    for (size_t i = 0; i < guest_vcpus; i++) {
        if (!vm->vcpu[i].vm)
            continue;
        munmap(vm->vcpu[i].run, vm->vcpu[i].run_bytes);
        close(vm->vcpu[i].fd);
    }
    munmap(vm->memory, guest_memory_bytes);
    close(vm->fd);
}

void vcpu_set_cpl(struct vcpu* vcpu, int cpl) {
    struct kvm_segment data = {.limit = 0xffffffff,
                               .selector = 0x10 | cpl,
                               .type = 3,
                               .present = 1,
                               .dpl = cpl,
                               .db = 1,
                               .s = 1,
                               .g = 1};
    struct kvm_segment code = data;
    struct kvm_sregs sregs;

    must(ioctl(vcpu->fd, KVM_GET_SREGS, &sregs), "KVM_GET_SREGS");
    code.selector = 0x8 | cpl;
    code.type = 0xb;
    sregs.cs = code;
    sregs.ds = sregs.es = sregs.fs = sregs.gs = sregs.ss = data;
    sregs.cr0 = 0x31;
    must(ioctl(vcpu->fd, KVM_SET_SREGS, &sregs), "KVM_SET_SREGS");
}

void emit(struct vcpu* vcpu, const void* bytes, size_t count) {
    memcpy(vcpu->vm->memory + code_of(vcpu) + vcpu->code_bytes, bytes, count);
    vcpu->code_bytes += count;
}

void emit_u32(struct vcpu* vcpu, uint32_t value) {
    emit(vcpu, &value, sizeof(value));
}

static size_t emit_query(struct vcpu* vcpu, uint32_t leaf, uint32_t subleaf, int emulated) {
    uint32_t to = results_of(vcpu) + vcpu->result_count * sizeof(struct cpuid_result);

    EMIT(vcpu, 0xbb), emit_u32(vcpu, 0xdeadbeef); /* mov ebx, ... */
    EMIT(vcpu, 0xba), emit_u32(vcpu, 0xdeadbeef); /* mov edx, ... */
    EMIT(vcpu, 0xb8), emit_u32(vcpu, leaf);       /* mov eax, leaf */
    EMIT(vcpu, 0xb9), emit_u32(vcpu, subleaf);    /* mov ecx, subleaf */
    if (emulated)
        EMIT(vcpu, 0x0f, 0x0b, 'k', 'v', 'm'); /* KVM's forced emulation prefix */
    EMIT(vcpu, 0x0f, 0xa2);                    /* cpuid */
    EMIT(vcpu, 0xa3), emit_u32(vcpu, to);      /* mov [to], eax */
    EMIT(vcpu, 0x89, 0x1d), emit_u32(vcpu, to + 4);
    EMIT(vcpu, 0x89, 0x0d), emit_u32(vcpu, to + 8);
    EMIT(vcpu, 0x89, 0x15), emit_u32(vcpu, to + 12);
    return vcpu->result_count++;
}

size_t emit_cpuid(struct vcpu* vcpu, uint32_t leaf, uint32_t subleaf) {
    return emit_query(vcpu, leaf, subleaf, 0);
}

size_t emit_emulated_cpuid(struct vcpu* vcpu, uint32_t leaf, uint32_t subleaf) {
    return emit_query(vcpu, leaf, subleaf, 1);
}

void vcpu_restart(struct vcpu* vcpu) {
    struct kvm_regs regs = {.rip = code_of(vcpu), .rflags = 0x3002};

    must(ioctl(vcpu->fd, KVM_SET_REGS, &regs), "KVM_SET_REGS");
}

int vcpu_run_once(struct vcpu* vcpu) {
    if (ioctl(vcpu->fd, KVM_RUN, 0) == 0)
        return vcpu->run->exit_reason;
    must(errno == EINTR ? 0 : -1, "KVM_RUN");
    return -1;
}

void vcpu_run(struct vcpu* vcpu) {
    int reason;

    EMIT(vcpu, 0xe6, guest_stop_port); /* out guest_stop_port, al */
    vcpu_restart(vcpu);
    reason = vcpu_run_once(vcpu);
    if (reason != KVM_EXIT_IO || vcpu->run->io.port != guest_stop_port) {
        fprintf(stderr, "the guest stopped with exit reason %d\n", reason);
        exit(2);
    }
    vcpu_forget(vcpu);
}

void vcpu_forget(struct vcpu* vcpu) {
    vcpu->code_bytes = 0;
    vcpu->result_count = 0;
}

struct cpuid_result result_of(const struct vcpu* vcpu, size_t index) {
    struct cpuid_result result;

    memcpy(&result, vcpu->vm->memory + results_of(vcpu) + index * sizeof(result), sizeof(result));
    return result;
}

struct cpuid_result cpuid_once(struct vcpu* vcpu, uint32_t leaf, uint32_t subleaf) {
    size_t index = emit_cpuid(vcpu, leaf, subleaf);

    vcpu_run(vcpu);
    return result_of(vcpu, index);
}
