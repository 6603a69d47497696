/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/*
 * Counts the kvm_exit events of one process, by vCPU and reason. When its guest executes a latching CPUID, which exits on every KVM,
 * what was counted of that vCPU is sent to user space. The CPUID's own kvm_exit comes before its kvm_cpuid: it is in the copy.
 *
 * Each vCPU is run by one thread at a time, so its counters need no lock.
 */
#include <linux/bpf.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#include "exit_counters.h"
#include "trace_event.h"

char LICENSE[] SEC("license") = "Dual MIT/GPL";

/* Where the fields stand is filled in from the tracepoint's format file. */
#define FROM_FORMAT_FILE __attribute__((preserve_access_index))

struct trace_event_raw_kvm_exit {
	__u32 exit_reason;
	__u32 isa;
	__u32 vcpu_id;
} FROM_FORMAT_FILE;

struct trace_event_raw_kvm_cpuid {
	__u32 function;
	__u32 index;
} FROM_FORMAT_FILE;

/*
 * The process that runs the VM. It is filled in like the places of the fields, as a constant of the code: libbpf gives variables only
 * to kernels with networking, and a look into a map at each exit would cost more.
 */
enum exitscope_trace { EXITSCOPE_TRACE_VMM };

#define VMM bpf_core_enum_value(enum exitscope_trace, EXITSCOPE_TRACE_VMM)

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, TRACE_MOST_VCPUS);
	__type(key, __u32);
	__type(value, struct trace_vcpu);
} vcpus SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4 << 20);
} marks SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct trace_losses);
} losses SEC(".maps");

static __always_inline struct trace_losses *lost(void)
{
	__u32 only = 0;

	return bpf_map_lookup_elem(&losses, &only);
}

static __always_inline __u32 bucket_of(__u32 isa, __u32 reason)
{
	const __u32 vmx = 1;

	/* A failed entry has bit 31 set beside its basic reason. */
	if (isa == vmx)
		reason &= 0xffff;
	else if (reason - EXIT_BUCKET_FIRST_NPF_CODE < EXIT_BUCKET_NEGATIVE - EXIT_BUCKET_NPF)
		return EXIT_BUCKET_NPF + (reason - EXIT_BUCKET_FIRST_NPF_CODE);
	else if (~reason < EXIT_BUCKET_OTHERS - EXIT_BUCKET_NEGATIVE)
		return EXIT_BUCKET_NEGATIVE + ~reason;
	return reason < EXIT_BUCKET_NPF ? reason : EXIT_BUCKET_OTHERS;
}

SEC("tracepoint/kvm/kvm_exit")
int count_exit(struct trace_event_raw_kvm_exit *event)
{
	__u64 task = bpf_get_current_pid_tgid();
	struct trace_vcpu *vcpu;
	__u32 number, bucket;

	if (task >> 32 != VMM)
		return 0;
	number = event->vcpu_id;
	vcpu = bpf_map_lookup_elem(&vcpus, &number);
	if (!vcpu) {
		struct trace_losses *loss = lost();

		if (loss)
			__sync_fetch_and_add(&loss->exits, 1);
		return 0;
	}
	vcpu->thread = task;
	vcpu->isa = event->isa;
	bucket = bucket_of(vcpu->isa, event->exit_reason);
	/* The compiler knows that it is one; the verifier has to see it. */
	barrier_var(bucket);
	if (bucket < EXIT_BUCKETS)
		vcpu->exits[bucket]++;
	vcpu->total++;
	return 0;
}

/* The vCPU that this thread runs, or one that is too large. */
static __always_inline __u32 vcpu_of(__u32 thread)
{
	for (__u32 number = 0; number < TRACE_MOST_VCPUS; number++) {
		/* The verifier follows the number only while it is in no memory. */
		__u32 key = number;
		struct trace_vcpu *vcpu = bpf_map_lookup_elem(&vcpus, &key);

		if (vcpu && vcpu->thread == thread)
			return number;
	}
	return TRACE_MOST_VCPUS;
}

SEC("tracepoint/kvm/kvm_cpuid")
int send_mark(struct trace_event_raw_kvm_cpuid *event)
{
	struct trace_vcpu *vcpu;
	struct trace_mark *mark;
	__u32 number, slot;
	__u64 task;

	if (event->function != EXIT_COUNTERS_LEAF_LATCH)
		return 0;
	slot = event->index;
	task = bpf_get_current_pid_tgid();
	if (slot >= EXIT_COUNTERS_SLOTS || task >> 32 != VMM)
		return 0;
	number = vcpu_of(task);
	vcpu = bpf_map_lookup_elem(&vcpus, &number);
	mark = vcpu ? bpf_ringbuf_reserve(&marks, sizeof(*mark), 0) : 0;
	if (vcpu)
		vcpu->marks++;
	if (!mark) {
		struct trace_losses *loss = lost();

		if (loss)
			__sync_fetch_and_add(&loss->marks, 1);
		return 0;
	}
	mark->number = vcpu->marks;
	mark->vcpu = number;
	mark->slot = slot;
	mark->isa = vcpu->isa;
	mark->total = vcpu->total;
	bpf_probe_read_kernel(mark->exits, sizeof(mark->exits), vcpu->exits);
	bpf_ringbuf_submit(mark, 0);
	return 0;
}
