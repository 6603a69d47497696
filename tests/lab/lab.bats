# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# scripts/lab and lab/boot: what they refuse, what they hand through, what they leave behind. The guest is
# hello.S. Builds the L1 kernel and the modules if they are not cached. Needs jq.

load settings
load lab

# refuses WORDS ARGUMENT...: ends with 64, prints WORDS on stderr and nothing on stdout.
refuses() {
    local words=$1
    shift
    run --separate-stderr "$root/scripts/lab" "$@"
    # shellcheck disable=SC2154 # bats sets it
    echo "$stderr"
    [ "$status" -eq 64 ]
    [ -z "$output" ]
    [[ $stderr == *"$words"* ]]
}

# prints_hello SETTING
prints_hello() {
    run --separate-stderr lab --setting "$1" --kernel "$hello" --trace
    echo "$stderr"
    [ "$status" -eq 33 ]
    [ "$output" = "hello from L2" ]
    printf 'hello from L2\n' | cmp - "$BATS_TEST_TMPDIR/out/serial"
    jq -e --arg setting "$1" '.setting_requested == $setting' "$BATS_TEST_TMPDIR/out/l1.json"
    grep -q 'L1 is up' "$BATS_TEST_TMPDIR/out/l1.log"
}

parameter() {
    jq -r ".parameters.$1" "$BATS_TEST_TMPDIR/out/l1.json"
}

exits() {
    jq ".counts.\"$1\"" "$BATS_TEST_TMPDIR/out/kvm_exit.json"
}

bats_require_minimum_version 1.5.0

@test "wrong arguments are named and end with 64" {
    refuses "--setting is required" --kernel "$hello"
    refuses "ept=2 not in {ept=1,ept=0,npt=1,npt=0}" --setting ept=2 --kernel "$hello"
    refuses "--kernel is required" --setting ept=1
    refuses "File does not exist: /nowhere" --setting ept=1 --kernel /nowhere
    refuses "File does not exist: /nowhere" --setting ept=1 --kernel "$hello" --initrd /nowhere
    refuses "--timeout: " --setting ept=1 --kernel "$hello" --timeout soon
    refuses "--timeout: Value 0 not in range" --setting ept=1 --kernel "$hello" --timeout 0
    refuses "--exit-counters: Value 3 not in range" --setting ept=1 --kernel "$hello" --exit-counters 3
    refuses "--append: it cannot hold a line break" --setting ept=1 --kernel "$hello" --append $'a\nb'
    refuses "--qemu-arg: it cannot hold a line break" --setting ept=1 --kernel "$hello" --qemu-arg $'a\nb'
    refuses "--append: 1 required" --setting ept=1 --kernel "$hello" --append
    refuses "--stock excludes --modules" --setting ept=1 --kernel "$hello" --stock --modules "$modules"
    refuses "Could not convert: --stock = )" --setting ept=1 --kernel "$hello" '--stock=)'
    refuses "not expected: --kernal" --setting ept=1 --kernel "$hello" --kernal
}

@test "--help prints the exit codes and ends with 0" {
    run "$root/scripts/lab" --help
    [ "$status" -eq 0 ]
    [[ $output == *"124 timed out"* ]]
}

@test "ept=1: the guest's bytes, its status, KVM with EPT, its CPUID exits" {
    prints_hello ept=1
    [ "$(parameter kvm_intel.ept)" = Y ]
    [ "$(exits 10)" -ge 100 ]
    [ "$(exits 48)" -gt 0 ]
}

@test "ept=0: the same without EPT" {
    prints_hello ept=0
    [ "$(parameter kvm_intel.ept)" = N ]
    [ "$(exits 10)" -ge 100 ]
    [ "$(exits 48)" = null ]
}

@test "npt=1: the guest's bytes, its status, KVM with nested paging, its CPUID exits" {
    prints_hello npt=1
    [ "$(parameter kvm_amd.npt)" = Y ]
    [ "$(exits 0x72)" -ge 100 ]
    [ "$(exits 0x400)" -gt 0 ]
}

@test "npt=0: the same without nested paging" {
    prints_hello npt=0
    [ "$(parameter kvm_amd.npt)" = N ]
    [ "$(exits 0x72)" -ge 100 ]
    [ "$(exits 0x400)" = null ]
}

@test "every byte value comes through exactly, live and in the file" {
    for byte in {0..255}; do
        printf '%b' "\\x$(printf %x "$byte")"
    done >"$BATS_TEST_TMPDIR/bytes"
    assemble "$BATS_TEST_TMPDIR/guest" "-DTEXT=\"$BATS_TEST_TMPDIR/bytes\"" -DSTATUS=3
    local status=0
    lab --setting npt=1 --kernel "$BATS_TEST_TMPDIR/guest" >"$BATS_TEST_TMPDIR/live" || status=$?
    [ "$status" -eq 7 ]
    cmp "$BATS_TEST_TMPDIR/bytes" "$BATS_TEST_TMPDIR/live"
    cmp "$BATS_TEST_TMPDIR/bytes" "$BATS_TEST_TMPDIR/out/serial"
}

@test "a Linux boots, prints, and ends QEMU with status 0" {
    gcc -static -Os -o "$BATS_TEST_TMPDIR/init" -x c - <<'C'
#include <stdio.h>
#include <sys/reboot.h>
#include <unistd.h>
int main(void) {
    puts("a line from a Linux in L2");
    sync();
    sleep(1);
    return reboot(RB_AUTOBOOT);
}
C
    (cd "$BATS_TEST_TMPDIR" && echo init | busybox cpio -o -H newc 2>/dev/null >initrd)
    run --separate-stderr lab --setting npt=1 --kernel "$("$root/lab/build-kernel" --l1 "$l1")/vmlinux" \
        --initrd "$BATS_TEST_TMPDIR/initrd" --append "console=ttyS0 quiet no_timer_check"
    [ "$status" -eq 0 ]
    [[ $output == *"a line from a Linux in L2"* ]]
}

@test "a guest that never ends: 124, a clear message, and the log is kept" {
    run --separate-stderr lab --setting npt=1 --kernel "$spin" --timeout 6
    [ "$status" -eq 124 ]
    [ "$output" = "hello from L2" ]
    [[ $stderr == *"timed out after 6 s"* ]]
    grep -q 'QEMU ended with status 124' "$BATS_TEST_TMPDIR/out/l1.log"
}

@test "an emulator that does not start is told, and nobody waits for it" {
    mkdir "$BATS_TEST_TMPDIR/bin"
    printf '#!/bin/sh\necho no emulator today >&2\nexit 1\n' >"$BATS_TEST_TMPDIR/bin/bochs-bin"
    chmod +x "$BATS_TEST_TMPDIR/bin/bochs-bin"
    PATH=$BATS_TEST_TMPDIR/bin:$PATH run timeout 60 "$root/scripts/lab" --l1 "$l1" --modules "$modules" --setting ept=1 --kernel "$hello"
    echo "$output"
    [ "$status" -eq 69 ]
    [[ $output == *"no emulator today"* ]]
}

@test "a build that fails is told with 69, and its log is still there" {
    mkdir -p "$BATS_TEST_TMPDIR/checkout/lab"
    : >"$BATS_TEST_TMPDIR/checkout/lab/describe-kvm"
    cp "$root/lab/kernels" "$BATS_TEST_TMPDIR/checkout/lab"
    printf '#!/bin/sh\necho no compiler today >&2\nexit 1\n' >"$BATS_TEST_TMPDIR/checkout/lab/build-kernel"
    chmod +x "$BATS_TEST_TMPDIR/checkout/lab/build-kernel"
    XDG_CACHE_HOME=$BATS_TEST_TMPDIR/cache EXITSCOPE_ROOT=$BATS_TEST_TMPDIR/checkout \
        run "$EXITSCOPE" lab --l1 "$l1" --setting npt=1 --kernel "$hello"
    echo "$output"
    [ "$status" -eq 69 ]
    [[ $output == *"no compiler today"* ]]
    grep -q "no compiler today" "$(sed -n 's/^The whole log: //p' <<<"$output")"
}

@test "on an unpatched KVM of either vendor the guest kernel finds no exit counters" {
    for setting in npt=1 ept=1; do
        run "$root/scripts/lab" --l1 "$l1" --stock --setting $setting --kernel "$GUEST"
        echo "$output"
        [ "$status" -eq 37 ]
        [[ $output == *'record=error message="no exit counters'* ]]
    done
}

@test "one boot does several runs, and one that cannot be done has an error and spoils no other" {
    local job=$BATS_TEST_TMPDIR/job number
    for number in 1 2 10; do
        mkdir -p "$job/runs/$number"
        ln -s "$hello" "$job/runs/$number/kernel"
    done
    echo npt=1 >"$job/runs/1/setting"
    echo npt=7 >"$job/runs/2/setting"
    echo npt=0 >"$job/runs/10/setting"
    echo npt=1 >"$job/runs/10/load"
    run "$root/lab/boot" --l1 "$l1" --isa svm --job "$job" --modules "$modules" --out "$BATS_TEST_TMPDIR/out"
    [ "$status" -eq 1 ]
    [ "$(<"$BATS_TEST_TMPDIR/out/1/status")" -eq 33 ]
    grep -q 'did not load as npt=7: .*no such setting: npt=7' "$BATS_TEST_TMPDIR/out/2/error"
    [ ! -e "$BATS_TEST_TMPDIR/out/2/status" ]
    [ "$(<"$BATS_TEST_TMPDIR/out/10/status")" -eq 33 ]
    jq -e '.setting_requested == "npt=0" and .parameters.kvm_amd.npt == "Y"' "$BATS_TEST_TMPDIR/out/10/l1.json"
}

@test "an emulator that dies takes no finished run with it" {
    local job=$BATS_TEST_TMPDIR/job out=$BATS_TEST_TMPDIR/out number
    for number in 1 2 3; do
        mkdir -p "$job/runs/$number"
        ln -s "$([[ $number == 2 ]] && echo "$spin" || echo "$hello")" "$job/runs/$number/kernel"
        echo npt=1 >"$job/runs/$number/setting"
    done
    "$root/lab/boot" --l1 "$l1" --isa svm --job "$job" --modules "$modules" --out "$out" 2>"$BATS_TEST_TMPDIR/said" 3>&- &
    boot=$!
    until [[ -s $out/1/status ]] && grep -q 'run 2: starting' "$out/l1.log"; do
        kill -0 "$boot"
        sleep 0.2
    done
    kill -KILL "$(pgrep -P "$boot" qemu-system)"
    status=0
    wait "$boot" || status=$?
    cat "$BATS_TEST_TMPDIR/said"
    [ "$status" -eq 1 ]
    grep -q 'L1 did not finish' "$BATS_TEST_TMPDIR/said"
    [ "$(<"$out/1/status")" -eq 33 ]
    grep -qx 'hello from L2' "$out/1/serial"
    [ ! -e "$out/2/status" ] && [ ! -e "$out/3" ]
}

@test "L1 that does not end in time: 124 and the log is kept" {
    mkdir -p "$BATS_TEST_TMPDIR/job/runs/1"
    cp "$spin" "$BATS_TEST_TMPDIR/job/runs/1/kernel"
    echo npt=1 >"$BATS_TEST_TMPDIR/job/runs/1/setting"
    run "$root/lab/boot" --l1 "$l1" --isa svm --job "$BATS_TEST_TMPDIR/job" --modules "$modules" \
        --out "$BATS_TEST_TMPDIR/out" --limit 6
    [ "$status" -eq 124 ]
    [ -e "$BATS_TEST_TMPDIR/out/l1.log" ]
}

@test "describe-kvm prints valid JSON on this machine too" {
    run --separate-stderr "$root/lab/describe-kvm"
    [ "$status" -le 1 ]
    jq -e '.kernel != "" and has("module") and has("parameters")' <<<"$output"
}
