# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# `exitscope load-kvm` gives parameters when it first loads a module: beside another hypervisor a later time is too late. On a host
# made of files; nothing of this machine is touched. Needs root and EXITSCOPE (set by ctest).

load fake_host

setup() {
    make_host svm
}

# A stock KVM that was loaded without enabling virtualization, beside another hypervisor, and has LINE... too.
load_beside_hypervisor() {
    printf 'param %s\n' 'enable_virt_at_load 444 Y' "$@" >>"$FAKE/lib/kvm.ko"
    echo 'param enable_virt_at_load 444 Y' >>"$FAKE/new/kvm.ko"
    modprobe irqbypass
    insmod "$FAKE/lib/kvm.ko" enable_virt_at_load=0
    insmod "$FAKE/lib/kvm_amd.ko" nested=0
    echo 777 >"$FAKE/sys/module/kvm/parameters/halt_poll_ns"
    : >"$FAKE/hypervisor"
    : >"$FAKE/changes"
    keep_sys
}

@test "beside another hypervisor neither the new KVM nor the old one enables virtualization when it is loaded" {
    load_beside_hypervisor
    expect 0 'npt=N' --npt off --modules "$FAKE/new"
    [ "$(<"$FAKE/sys/module/kvm/parameters/enable_virt_at_load")" = N ]
    expect 0 'npt=Y' --npt on --modules "$FAKE/new"
    expect 0 'nested=0' --restore
    expect_kept_sys
    [ ! -e "$FAKE/disturbed" ]
    # Not loaded, looked at and loaded again.
    [ "$(grep -c '^insert .*/run/kvm/kvm.ko .*enable_virt_at_load=N' "$FAKE/changes")" -eq 1 ]
    [ "$(grep -c '^insert .*/run/kvm/' "$FAKE/changes")" -eq 2 ]
}

@test "where no KVM is loaded, modprobe's configuration keeps the new one from enabling virtualization" {
    echo 'param enable_virt_at_load 444 Y' >>"$FAKE/new/kvm.ko"
    : >"$FAKE/hypervisor"
    echo 'options kvm halt_poll_ns=1 enable_virt_at_load=0' >"$FAKE/modprobe.conf"
    keep_sys
    expect 0 'npt=N' --npt off --modules "$FAKE/new"
    [ "$(<"$FAKE/sys/module/kvm/parameters/halt_poll_ns")" = 200000 ] # all others have KVM's defaults
    [ ! -e "$FAKE/disturbed" ]
    expect 0 '' --restore
    expect_kept_sys
    rm "$FAKE/modprobe.conf"
    expect 0 'npt=N' --npt off --modules "$FAKE/new"
    [ -e "$FAKE/disturbed" ]
}

@test "a failure or a signal at any step does not enable virtualization beside another hypervisor" {
    load_beside_hypervisor
    at_each_step 4 before fail has_failed
    at_each_step 4 after INT was_interrupted
    at_each_step 4 after KILL was_killed
    [ ! -e "$FAKE/disturbed" ]
}

@test "a new KVM that does not know the parameter is not given it" {
    load_beside_hypervisor
    sed -i '/enable_virt_at_load/d' "$FAKE/new/kvm.ko"
    expect 0 'npt=Y' --npt on --modules "$FAKE/new"
    expect 0 '' --restore
    expect_kept_sys
    [ ! -e "$FAKE/disturbed" ]
}

@test "parameters that show what they do not take are left out, the others are given" {
    load_beside_hypervisor 'an_unset_array 444' 'an_unset_string 444 (null)' 'advance 444 -1' 'pi_inject_timer 444 -1 refused'
    expect 0 'npt=Y' --npt on --modules "$FAKE/new"
    expect 0 '' --restore
    expect_kept_sys
    [ ! -e "$FAKE/disturbed" ]
    [ "$(grep -c 'an_unset' "$FAKE/changes")" -eq 0 ]
    grep '^insert .*/run/kvm/kvm.ko' "$FAKE/changes" | tail -n 1 | grep -q 'advance=-1 cpu_says=yes enable_virt_at_load=N .*min_timer=200'
}

@test "where several are refused the one that acts when KVM is loaded is given at each try" {
    load_beside_hypervisor 'one 644 -1 refused' 'two 644 -2 refused'
    expect 0 'npt=Y' --npt on --modules "$FAKE/new"
    expect 0 '' --restore
    [ "$(<"$FAKE/sys/module/kvm/parameters/halt_poll_ns")" = 777 ] # written, not given
    echo 777 >"$FAKE/sys/module/kvm/parameters/halt_poll_ns"
    expect_kept_sys
    [ ! -e "$FAKE/disturbed" ]
    [ "$(grep '^insert .*/run/kvm/kvm.ko' "$FAKE/changes" | grep -vc 'enable_virt_at_load=N')" -eq 0 ]
}

@test "a parameter that was given and cannot be given again is named" {
    load_stock kvm_amd
    expect 0 'npt=Y' --npt on --modules "$FAKE/new"
    sed -i 's/^param min_timer .*/param min_timer 444 300 stubborn/' "$FAKE/run/kvm/kvm.ko"
    expect 0 'warning: kvm: was min_timer=200 and cannot be set to that again' --restore
}
