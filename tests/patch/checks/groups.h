/* SPDX-FileCopyrightText: The exitscope authors */
/* SPDX-License-Identifier: MIT */
/*
 * The groups of checks of check_leaves. Each makes the VMs it needs.
 */
#pragma once

struct vm;

/* With kvm.exit_counters=0: no leaf and no file is there. */
void check_off(void);
void check_no_host_view(struct vm* vm);

/* All leaves of ours, as KVM answers without them. */
struct vcpu;
void check_as_unpatched(const char* fact, struct vcpu* vcpu);

void check_identity(void);
void check_basis(void);
void check_total(void);
void check_latch(void);
void check_index(void);
void check_privilege(void);
void check_consent(void);
void check_user_entries(void);

void check_lifetime(void);
void check_reset(void);
void check_isolation(void);
void check_vcpus(void);

void check_fast_path(void);
void check_failed_entry(void);
void check_nested(void);
void check_nested_svm(void);
void check_nested_vmx(void);

void check_cycles(void);
void check_stolen(void);
void check_host_view(void);
