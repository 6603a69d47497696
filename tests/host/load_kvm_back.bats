# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# `exitscope load-kvm` gives back what it took: on --restore, on each possible failure and on a signal at each step. On a host made of
# files; nothing of this machine is touched. Needs root and EXITSCOPE (set by ctest).

load fake_host

setup() {
    make_host svm
}

@test "the new modules are in force, and --restore brings back modules and parameters" {
    load_stock kvm_amd
    keep_sys
    expect 0 'npt=N' --npt off --exit-counters 2 --modules "$FAKE/new"
    [ "$(<"$FAKE/sys/module/kvm/parameters/exit_counters")" = 2 ]
    [ "$(<"$FAKE/sys/module/kvm/parameters/exit_counters_cycles")" = Y ]
    [ "$(<"$FAKE/sys/module/kvm_amd/parameters/avic")" = 0 ]
    expect 0 'was loaded: kvm kvm_amd)' --status
    grep -qx '  srcversion none, build id 6e65772d6b766d2d2d2d2d2d2d2d2d2d2d2d2d2d' "$FAKE/output"
    expect 0 'nested=0' --restore
    expect_kept_sys
    expect 0 'nothing to restore' --restore
}

@test "on Intel the same with ept, and cycles can be left out" {
    make_modules
    printf 'flags\t\t: fpu vmx sse\n' >"$FAKE/proc/cpuinfo"
    load_stock kvm_intel
    keep_sys
    expect 0 'exit_counters=1 exit_counters_cycles=N' --ept on --no-cycles --modules "$FAKE/new"
    [ "$(<"$FAKE/sys/module/kvm_intel/parameters/ept")" = Y ]
    [ "$(<"$FAKE/sys/module/kvm_intel/parameters/enable_apicv")" = 0 ]
    expect 0 '' --restore
    expect_kept_sys
}

@test "a second load-kvm keeps what the first has remembered" {
    load_stock kvm_amd
    keep_sys
    expect 0 'npt=Y' --npt on --modules "$FAKE/new"
    expect 0 'npt=N' --npt off --modules "$FAKE/new"
    expect 0 '' --restore
    expect_kept_sys
}

@test "the file that was remembered comes back, not what lies under its name by then" {
    load_stock kvm_amd
    keep_sys
    expect 0 'npt=Y' --npt on --modules "$FAKE/new"
    cp "$FAKE/new/kvm.ko" "$FAKE/lib/kvm.ko"
    expect 0 '' --restore
    expect_kept_sys
}

@test "this host's own modules are loaded again with the other paging, and all else they had" {
    load_stock kvm_amd
    keep_sys
    expect 0 'npt=N' --npt off --own
    [ "$(<"$FAKE/sys/module/kvm_amd/parameters/nested")" = 0 ]
    [ "$(<"$FAKE/sys/module/kvm_amd/parameters/avic")" = Y ]
    [ "$(<"$FAKE/sys/module/kvm/parameters/halt_poll_ns")" = 777 ]
    [ ! -e "$FAKE/sys/module/kvm/parameters/exit_counters" ]
    expect 0 'npt=Y' --npt on --own
    expect 0 'nested=0' --restore
    expect_kept_sys
}

@test "where none is loaded, its own modules are loaded as modprobe is configured" {
    echo 'options kvm_amd nested=0 npt=0' >"$FAKE/modprobe.conf"
    keep_sys
    expect 0 'npt=Y' --npt on --own
    [ "$(<"$FAKE/sys/module/kvm_amd/parameters/nested")" = 0 ]
    expect 0 'no KVM is loaded' --restore
    expect_kept_sys
}

@test "its own modules: each step may fail or be interrupted" {
    load_stock kvm_amd
    keep_sys
    echo '3 before fail' >"$FAKE/event"
    expect 1 'kvm did not load with the parameters it had: fake: change 3 fails' --npt off --own
    rm "$FAKE/event"
    load_options=(--own)
    at_each_step 4 before fail has_failed
    at_each_step 4 after INT was_interrupted
    at_each_step 4 before TERM was_terminated
    at_each_step 4 after KILL was_killed
}

@test "where nothing was loaded, nothing is loaded afterwards" {
    keep_sys
    expect 0 'npt=Y' --npt on --modules "$FAKE/new"
    [ -e "$FAKE/sys/module/irqbypass" ]
    expect 0 'was loaded: nothing' --status
    expect 0 'no KVM is loaded' --restore
    expect_kept_sys
}

@test "where only kvm was loaded, that comes back alone" {
    modprobe irqbypass && modprobe kvm
    keep_sys
    expect 0 'npt=Y' --npt on --modules "$FAKE/new"
    expect 0 '' --restore
    expect_kept_sys
}

@test "a VM that uses the new modules keeps --restore from changing anything" {
    load_stock kvm_amd
    keep_sys
    expect 0 'npt=Y' --npt on --modules "$FAKE/new"
    ln -s anon_inode:kvm-vm "$FAKE/proc/77/fd/9"
    : >"$FAKE/changes"
    expect 3 'process 77 (qemu-test)' --restore
    [ ! -s "$FAKE/changes" ]
    rm "$FAKE/proc/77/fd/9"
    expect 0 '' --restore
    expect_kept_sys
}

@test "a CPU without the paging asked for is found out, and the old modules come back" {
    load_stock kvm_amd
    keep_sys
    sed -i 's/^param npt .*/param npt 444 N stubborn/' "$FAKE/new/kvm-amd.ko"
    expect 1 'does this CPU have it' --npt on --modules "$FAKE/new"
    expect_kept_sys
}

@test "a new module that does not load leaves the old ones" {
    load_stock kvm_amd
    keep_sys
    echo broken >>"$FAKE/new/kvm-amd.ko"
    expect 1 'Invalid module format' --npt on --modules "$FAKE/new"
    expect_kept_sys
}

@test "each step may fail: the host has what it had" {
    load_stock kvm_amd
    keep_sys
    at_each_step 4 before fail has_failed
}

@test "each step may fail where nothing was loaded" {
    keep_sys
    at_each_step 3 before fail has_failed
}

@test "Ctrl-C before or after each step: the host has what it had" {
    load_stock kvm_amd
    keep_sys
    at_each_step 4 before INT was_interrupted
    at_each_step 4 after INT was_interrupted
}

@test "TERM and HUP after each step: the host has what it had" {
    load_stock kvm_amd
    keep_sys
    at_each_step 4 after TERM was_terminated
    at_each_step 4 after HUP was_hung_up
}

@test "even after KILL at any step, --restore brings everything back" {
    load_stock kvm_amd
    keep_sys
    at_each_step 4 before KILL was_killed
    at_each_step 4 after KILL was_killed
}

# restore_with WHAT STATUS: --restore with a signal at each of its four steps.
restore_with() {
    local number status
    for number in 1 2 3 4; do
        expect 0 'npt=N' --npt off --modules "$FAKE/new"
        : >"$FAKE/changes"
        echo "$number after $1" >"$FAKE/event"
        status=0
        "$EXITSCOPE" load-kvm --restore >"$FAKE/output" 2>&1 || status=$?
        rm "$FAKE/event"
        echo "$1 at change $number: status $status"
        cat "$FAKE/output" "$FAKE/changes"
        [ "$status" -eq "$2" ]
        [[ $1 != KILL ]] || "$EXITSCOPE" load-kvm --restore
        expect_kept_sys
    done
}

@test "a signal lets --restore come to its end, KILL lets the next one" {
    load_stock kvm_amd
    keep_sys
    restore_with INT 130
    restore_with HUP 129
    restore_with KILL 137
}

@test "a --restore that fails is tried once more" {
    load_stock kvm_amd
    keep_sys
    expect 0 'npt=N' --npt off --modules "$FAKE/new"
    : >"$FAKE/changes"
    echo '1 before fail' >"$FAKE/event"
    expect 1 'the modules could not be put back; trying once more' --restore
    rm "$FAKE/event"
    expect_kept_sys
}

@test "if nothing helps, it says what to type, and that helps" {
    load_stock kvm_amd
    keep_sys
    mv "$FAKE/bin/insmod" "$FAKE/bin/insmod.away"
    printf '#!/bin/sh\necho no >&2\nexit 1\n' >"$FAKE/bin/insmod"
    chmod +x "$FAKE/bin/insmod"
    expect 4 'scripts/load-kvm --restore' --npt on --modules "$FAKE/new"
    mv "$FAKE/bin/insmod.away" "$FAKE/bin/insmod"
    mapfile -t commands < <(sed -n 's/^load-kvm:   //p' "$FAKE/output")
    [ "${#commands[@]}" -eq 2 ]
    for command in "${commands[@]}"; do
        $command
    done
    diff -r "$FAKE/kept" "$FAKE/sys"
    expect 0 '' --restore
    expect_kept_sys
}
