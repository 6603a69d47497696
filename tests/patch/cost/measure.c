/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * Prints what an exit costs, in ticks of the guest's time stamp counter, and how many of them the counters
 * say.
 *
 * Usage: measure [COUNT]. One line for each kind of exit: "KIND COUNT TICKS CLEAN DISTURBED DIFFERENT", twice, for
 * COUNT (50) and for twice as many exits between two RDTSC in the guest. CLEAN samples had no interrupt of the
 * machine in them, DISTURBED had; TICKS is what most clean samples say and DIFFERENT counts those that say
 * something else. Exit codes: 0 measured, 2 no KVM or no clean sample.
 */
#include <fcntl.h>
#include <linux/kvm.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "../guest.h"
#include "../guest_host_view.h"

enum {
    usual_exits_per_window = 50,
    warm_up_windows = 3,
    samples_wanted = 6,
    samples_most = 30,
    start_ticks = guest_table,
    end_ticks = guest_table + 8,
};

struct kind {
    const char* name;
    const char* body;
    size_t body_bytes;
    int counted; /* by the counters, not by the guest */
};

#define KIND(name, body) \
    { name, body, sizeof(body) - 1, 0 }

/*
 * Each ends in its one exit. The ruler has none: NOP, DEC and JNE are three instructions. The CPUID leaves
 * are one that the guest has and one that it has not; ICR, written to send to a processor that is not there,
 * takes KVM's fast path where KVM has one for it; only OUT goes to user space.
 */
static const struct kind kinds[] = {
    KIND("nothing", "\x90"),
    KIND("cpuid", "\x31\xc0\x31\xc9\x0f\xa2"),
    KIND("cpuid-absent", "\xb8\x10\x00\x00\x40\x31\xc9\x0f\xa2"),
    KIND("rdmsr", "\xb9\x1b\x00\x00\x00\x0f\x32"), /* APIC_BASE */
    KIND("wrmsr-icr", "\xb9\x30\x08\x00\x00\xba\x07\x00\x00\x00\xb8\xfe\x00\x00\x00\x0f\x30"),
    KIND("out", "\xe6\x80"),
    {"cpuid-counted", "\x31\xc0\x31\xc9\x0f\xa2", 6, 1},
};

static void fail(const char* what) {
    perror(what);
    exit(2);
}

/* Interrupts that the machine has served so far, of all kinds: the first number of /proc/stat's intr line. */
static unsigned long long interrupts(void) {
    static char text[16384];
    int file = open("/proc/stat", O_RDONLY);
    ssize_t bytes = file < 0 ? -1 : read(file, text, sizeof(text) - 1);
    const char* line;

    if (bytes < 0)
        fail("/proc/stat");
    close(file);
    text[bytes] = 0;
    line = strstr(text, "\nintr ");
    if (!line)
        fail("no intr line in /proc/stat");
    return strtoull(line + 6, NULL, 10);
}

/* A local APIC in x2APIC mode, so that ICR is an MSR which KVM's fast path handles. */
static void enable_x2apic(struct vcpu* vcpu) {
    struct kvm_cpuid_entry2 entries[2] = {guest_cpuid_intel[0], guest_cpuid_intel[1]};
    struct kvm_sregs sregs;

    entries[1].ecx |= 1 << 21;
    vcpu_set_cpuid(vcpu, entries, 2);
    must(ioctl(vcpu->fd, KVM_GET_SREGS, &sregs), "KVM_GET_SREGS");
    sregs.apic_base |= 0xc00;
    must(ioctl(vcpu->fd, KVM_SET_SREGS, &sregs), "KVM_SET_SREGS");
}

static void emit_rdtsc(struct vcpu* vcpu, uint32_t to) {
    EMIT(vcpu, 0x0f, 0x31, 0xa3), emit_u32(vcpu, to); /* rdtsc; mov [to], eax */
    EMIT(vcpu, 0x89, 0x15), emit_u32(vcpu, to + 4);   /* mov [to + 4], edx */
}

/* The ticks that count exits of one kind take. */
static uint64_t window(struct vcpu* vcpu, const struct kind* kind, uint32_t count) {
    const uint8_t* memory = vcpu->vm->memory;
    const uint8_t back = -(kind->body_bytes + 3);
    uint64_t start, end;

    EMIT(vcpu, 0xbf), emit_u32(vcpu, count); /* mov edi, count */
    emit_rdtsc(vcpu, start_ticks);
    emit(vcpu, kind->body, kind->body_bytes);
    EMIT(vcpu, 0x4f, 0x75, back); /* dec edi; jne body */
    emit_rdtsc(vcpu, end_ticks);
    EMIT(vcpu, 0xe6, guest_stop_port);
    vcpu_restart(vcpu);
    do {
        if (vcpu_run_once(vcpu) != KVM_EXIT_IO)
            fail("the guest stopped");
    } while (vcpu->run->io.port != guest_stop_port);
    vcpu_forget(vcpu);
    memcpy(&start, memory + start_ticks, sizeof(start));
    memcpy(&end, memory + end_ticks, sizeof(end));
    return end - start;
}

/* What the counters hold for CPUID so far, whose reason is 10 or 0x72; 0 if they are off. */
static uint64_t counted_cycles(const struct vm* vm) {
    return read_host_view_line(vm, "10").cycles + read_host_view_line(vm, "0x72").cycles;
}

static void measure(struct vcpu* vcpu, const struct kind* kind, uint32_t count) {
    uint64_t sample[samples_most], most_common = 0;
    int clean = 0, disturbed = 0, most = 0;

    for (int i = 0; i < warm_up_windows; i++)
        window(vcpu, kind, count);
    while (clean < samples_wanted && clean + disturbed < samples_most) {
        uint64_t counted = kind->counted ? counted_cycles(vcpu->vm) : 0, ticks;
        unsigned long long before = interrupts(), after;

        ticks = window(vcpu, kind, count);
        after = interrupts();
        sample[clean] = kind->counted ? counted_cycles(vcpu->vm) - counted : ticks;
        if (after == before)
            clean++;
        else
            disturbed++;
    }
    for (int i = 0; i < clean; i++) {
        int same = 0;

        for (int j = 0; j < clean; j++)
            same += sample[j] == sample[i];
        if (same > most) {
            most = same;
            most_common = sample[i];
        }
    }
    if (most == 0)
        exit(2);
    printf("%s %u %llu %d %d %d\n", kind->name, count, (unsigned long long)most_common, clean, disturbed,
           clean - most);
}

int main(int argc, char** argv) {
    const uint32_t exits_per_window = argc > 1 ? strtoul(argv[1], NULL, 10) : usual_exits_per_window;
    struct vm vm;

    vm_create(&vm);
    enable_x2apic(&vm.vcpu[0]);
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
        measure(&vm.vcpu[0], &kinds[i], exits_per_window);
        measure(&vm.vcpu[0], &kinds[i], 2 * exits_per_window);
    }
    return 0;
}
