// SPDX-FileCopyrightText: The exitscope authors
// SPDX-License-Identifier: MIT

#include "host_kvm/tracing.h"

#include <gtest/gtest.h>

#include "host_kvm/fake_host.h"

namespace exitscope::command::host_kvm {
namespace {

class TracingTest : public FakeHost {};

TEST_F(TracingTest, WhatIsInTheWayFirstIsTold) {
    const auto possible = [this](bool is_root) {
        return tracing_possible(folders().sys, folders().proc, is_root);
    };
    EXPECT_EQ(possible(true), Tracing::no_bpf);
    has("proc/sys/kernel/unprivileged_bpf_disabled", "2\n");
    EXPECT_EQ(possible(false), Tracing::for_root);
    EXPECT_EQ(possible(true), Tracing::no_tracefs);
    has("sys/kernel/debug/tracing/events/sched/enable", "0\n");
    EXPECT_EQ(possible(true), Tracing::no_kvm);
    has("sys/kernel/debug/tracing/events/kvm/kvm_exit/format", "name: kvm_exit\n");
    EXPECT_EQ(possible(true), Tracing::possible);
    has("sys/kernel/tracing/events/sched/enable", "0\n");
    EXPECT_EQ(possible(true), Tracing::no_kvm);
    has("sys/kernel/tracing/events/kvm/kvm_exit/format", "name: kvm_exit\n");
    has("sys/kernel/security/lockdown", "none [integrity] confidentiality\n");
    EXPECT_EQ(possible(true), Tracing::possible);
    has("sys/kernel/security/lockdown", "none integrity [confidentiality]\n");
    EXPECT_EQ(possible(true), Tracing::locked_down);
}

}  // namespace
}  // namespace exitscope::command::host_kvm
