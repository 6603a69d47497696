/* SPDX-License-Identifier: GPL-2.0-only OR MIT */
/* SPDX-FileCopyrightText: The exitscope authors */
/*
 * The exit counter ABI, version 1: numbers only.
 *
 * Included by C, C++, assembly and the kernel, so it holds nothing but object-like
 * macros with plain integer values. Every leaf is executed as CPUID with the leaf
 * in EAX and the sub-leaf in ECX.
 */
#ifndef EXITSCOPE_EXIT_COUNTERS_H
#define EXITSCOPE_EXIT_COUNTERS_H

#define EXIT_COUNTERS_ABI_VERSION 1

/* Leaves. */
#define EXIT_COUNTERS_LEAF_SIGNATURE 0x4FFFFF00
#define EXIT_COUNTERS_LEAF_FEATURES 0x4FFFFF01
#define EXIT_COUNTERS_LEAF_LATCH 0x4FFFFF02
#define EXIT_COUNTERS_LEAF_REASON_CYCLES 0x4FFFFF03
#define EXIT_COUNTERS_LEAF_BASIS 0x4FFFFF04
#define EXIT_COUNTERS_LEAF_REASON 0x4FFFFFFE
#define EXIT_COUNTERS_LEAF_TOTAL 0x4FFFFFFF

/* Signature leaf: EAX is the last leaf, EBX:ECX:EDX spell "ExitScopeKVM". */
#define EXIT_COUNTERS_SIGNATURE_EBX 0x74697845 /* "Exit" */
#define EXIT_COUNTERS_SIGNATURE_ECX 0x706f6353 /* "Scop" */
#define EXIT_COUNTERS_SIGNATURE_EDX 0x4d564b65 /* "eKVM" */

/* Features leaf, EBX: what is there. */
#define EXIT_COUNTERS_FEATURE_CYCLES 0x1
#define EXIT_COUNTERS_FEATURE_LATCH 0x2
#define EXIT_COUNTERS_FEATURE_VCPU_SCOPE 0x4
#define EXIT_COUNTERS_FEATURE_BASIS 0x8

/* Features leaf, ECX bits 7:0: whose exit reasons are counted. */
#define EXIT_COUNTERS_ISA_MASK 0xff
#define EXIT_COUNTERS_ISA_VMX 1
#define EXIT_COUNTERS_ISA_SVM 2

/* Features leaf, ECX bits 15:8: the paging in force for this VM. */
#define EXIT_COUNTERS_PAGING_SHIFT 8
#define EXIT_COUNTERS_PAGING_MASK 0xff
#define EXIT_COUNTERS_PAGING_SHADOW 1
#define EXIT_COUNTERS_PAGING_TWO_DIMENSIONAL 2

/* Scope bits of a counter leaf's ECX, and the reason in its low bits. */
#define EXIT_COUNTERS_REASON_MASK 0xffff
#define EXIT_COUNTERS_SCOPE_VCPU 0x80000000
#define EXIT_COUNTERS_SCOPE_SLOT_0 0x20000000
#define EXIT_COUNTERS_SCOPE_SLOT_1 0x40000000
#define EXIT_COUNTERS_SCOPE_SLOT_MASK 0x60000000
#define EXIT_COUNTERS_SLOTS 2

/* A per-reason leaf's EDX where the manual defines no such reason; EAX = EBX = ECX = 0. */
#define EXIT_COUNTERS_UNDEFINED_EDX 0xffffffff

/*
 * Negative exit codes of SVM are read by their lower 16 bits: VMEXIT_INVALID (-1)
 * as this reason, VMEXIT_BUSY (-2) as 0xfffe.
 */
#define EXIT_COUNTERS_SVM_INVALID 0xffff

/*
 * For a VMM: with KVM_ENABLE_CAP on a VM without vCPUs, args[0] says who in its
 * guest may read: 0 nobody, 1 CPL 0, 2 any CPL. KVM_CHECK_EXTENSION returns the most
 * that the host permits.
 */
#define KVM_CAP_X86_EXIT_COUNTERS 0x4fffff00

#endif
