# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# `exitscope load-kvm` on a host made of files: what it refuses, loads and remembers. Needs root and EXITSCOPE (set by ctest).
# Nothing of this machine is touched.

load fake_host

setup() {
    make_host svm
    load_stock kvm_amd
}

@test "wrong arguments end with 2, before anything is looked at" {
    expect_refusal 2 'one of --ept, --npt, --restore and --status is required'
    expect_refusal 2 '--npt' --npt
    grep -q 'required.*missing' "$FAKE/output"
    expect_refusal 2 '{on,off}' --npt maybe
    expect_refusal 2 'on|off' --npt on --ept on
    expect_refusal 2 '--restore: goes with nothing else' --npt on --restore
    expect_refusal 2 '--status: goes with nothing else' --ept on --status
    expect_refusal 2 'goes with nothing else' --restore --status
    # Options that would have no effect.
    for task in --restore --status; do
        for option in '--exit-counters 1' --no-cycles --own "--modules $FAKE/new" "--source $FAKE" "--previous $FAKE/lib"; do
            # shellcheck disable=SC2086 # two words
            expect_refusal 2 "${option%% *} excludes $task" $task $option
        done
    done
    for option in '--exit-counters 1' --no-cycles "--modules $FAKE/new" "--source $FAKE"; do
        # shellcheck disable=SC2086 # two words
        expect_refusal 2 "${option%% *} excludes --own" --npt on --own $option
    done
    expect_refusal 2 '--modules excludes --source' --npt on --modules "$FAKE/new" --source "$FAKE"
    expect_refusal 2 '--exit-counters: Value 0 not in range' --npt on --exit-counters 0
    expect_refusal 2 'Directory does not exist: /nonexistent' --npt on --modules /nonexistent
    expect_refusal 2 'Directory does not exist: /nonexistent' --npt on --previous /nonexistent
    expect_refusal 2 'Path does not exist: /nonexistent' --npt on --source /nonexistent
    expect_refusal 2 'not expected: --frobnicate' --frobnicate
    expect 0 'Exit codes: 0 done' --help
}

@test "another user than root is told so" {
    cp "$EXITSCOPE" "$BATS_TEST_TMPDIR/exitscope"
    chmod -R a+rX "$BATS_TEST_TMPDIR" && chmod a+rx "$BATS_RUN_TMPDIR"
    run setpriv --reuid=65534 --regid=65534 --clear-groups "$BATS_TEST_TMPDIR/exitscope" load-kvm --npt on
    echo "$output"
    [ "$status" -eq 69 ]
    [[ $output == *'this needs root'* ]]
}

@test "a process with a VM is named, in its file descriptors and in its memory" {
    ln -s anon_inode:kvm-vm "$FAKE/proc/77/fd/9"
    expect_refusal 3 'process 77 (qemu-test)' --npt off --modules "$FAKE/new"
    [ "$(grep -c '^process' "$FAKE/output")" -eq 1 ]
    ln -sfn /dev/kvm "$FAKE/proc/77/fd/9"
    expect_refusal 3 'process 77 (qemu-test)' --npt off --modules "$FAKE/new"
    rm "$FAKE/proc/77/fd/9"
    echo '7f0000000000-7f0000003000 rw-s 00000000 00:0e 12 anon_inode:kvm-vcpu:0' >"$FAKE/proc/77/maps"
    expect_refusal 3 'process 77 (qemu-test)' --npt off --modules "$FAKE/new"
}

@test "a module that uses KVM is named, and users that cannot be seen are counted" {
    : >"$FAKE/sys/module/kvm/holders/kvmgt"
    echo 2 >"$FAKE/sys/module/kvm/refcnt"
    expect_refusal 3 'module kvmgt' --npt off --modules "$FAKE/new"
    rm "$FAKE/sys/module/kvm/holders/kvmgt"
    echo 3 >"$FAKE/sys/module/kvm_amd/refcnt"
    expect_refusal 3 '3 users of kvm_amd' --npt off --modules "$FAKE/new"
}

# trace PATH STATE: an event of tracefs, by its path below events/ or instances/.
trace() {
    mkdir -p "$FAKE/sys/kernel/tracing/events" "$FAKE/sys/kernel/tracing/$1"
    echo "$2" >"$FAKE/sys/kernel/tracing/$1/enable"
}

@test "a tracing session on KVM's events is named with what ends it, in each instance" {
    trace events/kvm/kvm_exit 1
    trace events/kvm/kvm_entry 0
    trace events/sched/sched_switch 1
    expect_refusal 3 "a tracing session has kvm events enabled (kvm_exit); end it, or: echo 0 > $FAKE/sys/kernel/tracing/events/kvm/enable" \
        --npt off --modules "$FAKE/new"
    trace events/kvm/kvm_exit 0
    trace instances/mine/events/kvmmmu/kvm_mmu_zap 1
    expect_refusal 3 'a tracing session (instance mine) has kvmmmu events enabled (kvm_mmu_zap)' --npt off --modules "$FAKE/new"
    trace instances/mine/events/kvmmmu/kvm_mmu_zap 0
    expect 0 'npt=N' --npt off --modules "$FAKE/new"
}

@test "what is no process and holds KVM is named, and what may be it where that is not known" {
    echo 2 >"$FAKE/sys/module/kvm/refcnt" # one is kvm_amd
    expect_refusal 3 '1 user of kvm that is no process, module or tracing session seen from here' --npt off --modules "$FAKE/new"
    grep -q 'bpftool link' "$FAKE/output"
    ln -s 'anon_inode:[perf_event]' "$FAKE/proc/77/fd/9"
    expect_refusal 3 'it may be process 77 (qemu-test), which has perf events open' --npt off --modules "$FAKE/new"
    trace events/kvm/kvm_exit '0*'
    expect_refusal 3 'a tracing trigger uses kvm events (kvm_exit); find and remove it' --npt off --modules "$FAKE/new"
    [ "$(grep -c 'no process' "$FAKE/output")" -eq 0 ]
}

@test "doctor names the same users of KVM" {
    ln -s /dev/kvm "$FAKE/proc/77/fd/9"
    : >"$FAKE/sys/module/kvm/holders/kvmgt"
    echo 2 >"$FAKE/sys/module/kvm/refcnt"
    trace events/kvm/kvm_exit 1
    trace instances/mine/events/kvm/kvm_entry '1*'
    expect_refusal 3 'process 77' --npt off --modules "$FAKE/new"
    mapfile -t users < <(sed '1d; s/; .*//' "$FAKE/output")
    [ "${#users[@]}" -eq 4 ]
    run "$EXITSCOPE" doctor --on host --format json
    for user in "${users[@]}"; do
        echo "wanted: $user"
        jq -e --arg user "$user" '.host.findings[] | select(.item == "KVM users") | .text | contains($user)' <<<"$output"
    done
}

@test "the other vendor's paging, and no virtualization at all, are refused with the remedy" {
    expect_refusal 3 'use --npt instead of --ept' --ept on --modules "$FAKE/new"
    printf 'flags\t\t: fpu vmx sse\n' >"$FAKE/proc/cpuinfo"
    expect_refusal 3 'use --ept instead of --npt' --npt on --modules "$FAKE/new"
    printf 'flags\t\t: fpu sse\n' >"$FAKE/proc/cpuinfo"
    expect_refusal 3 'switch virtualization on in the firmware' --npt on --modules "$FAKE/new"
}

@test "a KVM that is built in is refused" {
    rm "$FAKE/sys/module/kvm/initstate"
    expect_refusal 3 'kvm is built into this kernel' --npt on --modules "$FAKE/new"
}

@test "a kernel that wants signatures gets signed modules only" {
    echo 'none [integrity] confidentiality' >"$FAKE/sys/kernel/security/lockdown"
    expect_refusal 3 'mokutil --import' --npt on --modules "$FAKE/new"
    echo '[none] integrity confidentiality' >"$FAKE/sys/kernel/security/lockdown"
    mkdir -p "$FAKE/sys/module/module/parameters"
    echo Y >"$FAKE/sys/module/module/parameters/sig_enforce"
    expect_refusal 3 'module.sig_enforce' --npt on --modules "$FAKE/new"
    for file in "$FAKE/new"/*.ko; do
        echo 'signer Me' >>"$file"
    done
    expect 0 'npt=Y' --npt on --modules "$FAKE/new"
}

@test "modules of another kernel, without counters or cut off are not even tried" {
    expect_refusal 69 'kvm-amd.ko is no module for' --npt on --modules "$FAKE/lib"
    mv "$FAKE/lib/kvm_amd.ko" "$FAKE/lib/kvm-amd.ko"
    expect_refusal 69 'has no exit counters' --npt on --modules "$FAKE/lib"
    sed -i '/exit_counters_cycles/d' "$FAKE/new/kvm.ko"
    expect_refusal 69 'cannot do without cycles' --npt on --no-cycles --modules "$FAKE/new"
    sed -i 's/^vermagic .*/vermagic 6.1.0-other SMP/' "$FAKE/new/kvm.ko"
    expect_refusal 69 'kvm.ko is no module for 6.1.0-fake' --npt on --modules "$FAKE/new"
    : >"$FAKE/new/kvm.ko"
    expect_refusal 69 'kvm.ko is no module for 6.1.0-fake' --npt on --modules "$FAKE/new"
}

@test "what could not be put back is not taken away, unless its file is given" {
    cp -r "$FAKE/lib" "$FAKE/previous"
    sed -i 's/^id .*/id another-build-of-kvm/' "$FAKE/lib/kvm.ko"
    expect_refusal 69 'give the folder it was loaded from with --previous' --npt on --modules "$FAKE/new"
    rm "$FAKE/lib/kvm.ko"
    expect_refusal 69 'there is no file of kvm' --npt on --modules "$FAKE/new"
    keep_sys
    mv "$FAKE/previous/kvm_amd.ko" "$FAKE/previous/kvm-amd.ko"
    xz "$FAKE/previous/kvm.ko"
    expect 0 'npt=Y' --npt on --modules "$FAKE/new" --previous "$FAKE/previous"
    expect 0 'nested=0' --restore
    expect_kept_sys
}

@test "a build that fails changes nothing" {
    mkdir "$BATS_TEST_TMPDIR/empty-cache"
    XDG_CACHE_HOME=$BATS_TEST_TMPDIR/empty-cache expect_refusal 69 'headers of kernel 6.1.0-fake are missing' --npt on
}
