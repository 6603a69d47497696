# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# A host for load-kvm made of files: /sys, /proc and the programs that change it (fake-programs). Loaded by load_kvm*.bats, which
# need EXITSCOPE (set by ctest).
# shellcheck disable=SC2154 # bats' own

# make_module FILE NAME DEPENDS ID LINE...
make_module() {
    local file=$1
    printf '%s\n' "name $2" "vermagic 6.1.0-fake SMP" "depends $3" "id $4" "${@:5}" >"$file"
}

# Stock modules in $FAKE/lib, counting ones in $FAKE/new.
make_modules() {
    local vendor paging=npt other=avic
    mkdir -p "$FAKE/lib" "$FAKE/new"
    make_module "$FAKE/lib/irqbypass.ko" irqbypass '' irqbypass-----------
    make_module "$FAKE/lib/kvm.ko" kvm irqbypass stock-kvm-----------  'param halt_poll_ns 644 200000' \
        'param nx_huge_pages 644 auto' 'param min_timer 444 200' 'param cpu_says 444 yes stubborn'
    make_module "$FAKE/new/kvm.ko" kvm irqbypass new-kvm------------- 'param halt_poll_ns 644 200000' \
        'param exit_counters 444 0' 'param exit_counters_cycles 444 Y'
    for vendor in kvm_amd kvm_intel; do
        [[ $vendor == kvm_amd ]] || paging=ept other=enable_apicv
        make_module "$FAKE/lib/$vendor.ko" "$vendor" kvm "stock-$(printf '%.14s' "$vendor--------------")" \
            "param $paging 444 Y" "param $other 444 Y" 'param nested 444 1'
        make_module "$FAKE/new/${vendor/_/-}.ko" "$vendor" kvm "new-$(printf '%.16s' "$vendor----------------")" \
            "param $paging 444 Y" "param $other 444 Y" 'param nested 444 1'
    done
}

# make_host FLAG: a CPU with svm or vmx, and nothing loaded.
make_host() {
    local name
    export FAKE=$BATS_TEST_TMPDIR/fake
    load_options=(--modules "$FAKE/new")
    export EXITSCOPE_SYS=$FAKE/sys EXITSCOPE_PROC=$FAKE/proc EXITSCOPE_STATE=$FAKE/run
    mkdir -p "$FAKE"/{bin,sys/module,sys/kernel/security,proc/1/fd,proc/77/fd}
    for name in insmod rmmod modprobe modinfo uname qemu-system-x86_64; do
        ln -s "$BATS_TEST_DIRNAME/fake-programs" "$FAKE/bin/$name"
    done
    export PATH=$FAKE/bin:$PATH
    printf 'vendor_id\t: Fake\nflags\t\t: fpu %s sse\n' "$1" >"$FAKE/proc/cpuinfo"
    echo '[none] integrity confidentiality' >"$FAKE/sys/kernel/security/lockdown"
    echo init >"$FAKE/proc/1/comm"
    echo qemu-test >"$FAKE/proc/77/comm"
    : >"$FAKE/changes"
    make_modules
}

# What a user has: stock modules, a parameter given when loading, another written later.
load_stock() {
    modprobe irqbypass
    modprobe kvm
    insmod "$FAKE/lib/$1.ko" nested=0
    echo 777 >"$FAKE/sys/module/kvm/parameters/halt_poll_ns"
    : >"$FAKE/changes"
}

# Keeps what /sys says, and compares it with that later.
keep_sys() {
    rm -rf "$FAKE/kept"
    cp -r "$FAKE/sys" "$FAKE/kept"
}

expect_kept_sys() {
    diff -r "$FAKE/kept" "$FAKE/sys"
    [ ! -e "$FAKE/run/kvm" ]
    [ ! -e "$FAKE/run/kvm.part" ]
}

# expect STATUS TEXT ARGUMENT...: what load-kvm ends with and says.
expect() {
    local status=$1 text=$2 found=0
    shift 2
    "$EXITSCOPE" load-kvm "$@" >"$FAKE/output" 2>&1 || found=$?
    echo "load-kvm $*: status $found"
    cat "$FAKE/output"
    [ "$found" -eq "$status" ]
    grep -qF -- "$text" "$FAKE/output"
}

# expect_refusal STATUS TEXT ARGUMENT...: and nothing was changed.
expect_refusal() {
    expect "$@"
    [ ! -s "$FAKE/changes" ]
    [ ! -e "$FAKE/run/kvm" ]
}

# at_each_step STEPS WHEN WHAT CHECK: load-kvm, with the options in load_options, with the event at the first change, at the second, and so on until it is over
# before the event comes, which has to be after STEPS changes. CHECK gets load-kvm's status.
at_each_step() {
    local steps=$1 number status
    shift
    for ((number = 1; number < 30; number++)); do
        : >"$FAKE/changes"
        echo "$number $1 $2" >"$FAKE/event"
        status=0
        "$EXITSCOPE" load-kvm --npt off "${load_options[@]}" >"$FAKE/output" 2>&1 || status=$?
        rm "$FAKE/event"
        echo "event $number $1 $2: status $status"
        cat "$FAKE/output" "$FAKE/changes"
        if (($(wc -l <"$FAKE/changes") < number)); then
            [ "$status" -eq 0 ]
            "$EXITSCOPE" load-kvm --restore
            expect_kept_sys
            [ "$number" -eq $((steps + 1)) ]
            return
        fi
        "$3" "$status"
        expect_kept_sys
    done
    false
}

has_status() { [ "$2" -eq "$1" ]; }
has_failed() { has_status 1 "$1"; }
was_interrupted() { has_status 130 "$1"; }
was_terminated() { has_status 143 "$1"; }
was_hung_up() { has_status 129 "$1"; }
was_killed() {
    has_status 137 "$1"
    "$EXITSCOPE" load-kvm --restore
}
