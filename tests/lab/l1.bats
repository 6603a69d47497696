# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# The L1 kernels by name, and a guest seen from the host (observe). The guest is hello.S. Needs jq.

bats_require_minimum_version 1.5.0

setup_file() {
    export root hello
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    hello=$BATS_FILE_TMPDIR/hello
    assemble "$hello"
}

setup() {
    out=$BATS_TEST_TMPDIR/out
}

# assemble OUTPUT [OPTION...]
assemble() {
    local output=$1
    shift
    gcc -m32 -nostdlib -static -Wl,-Ttext=0x100000,--build-id=none -o "$output" "$@" "$BATS_TEST_DIRNAME/hello.S"
}

lab() {
    run --separate-stderr "$root/scripts/lab" --out "$out" "$@"
    # shellcheck disable=SC2154 # bats sets it
    echo "$stderr"
}

# refuses STATUS WORDS COMMAND...
refuses() {
    local expected=$1 words=$2
    shift 2
    run "$@"
    echo "$output"
    [ "$status" -eq "$expected" ]
    [[ $output == *"$words"* ]]
}

@test "an L1 kernel that is none, or that runs in QEMU only, is refused before anything is built" {
    refuses 64 "--l1: 6.2 not in {7.3,debian-6.12,6.12,debian,6.1," "$root/scripts/lab" --l1 6.2 --setting npt=1 --kernel "$hello"
    refuses 64 "not 6.12-debug; measure npt=1 and npt=0 with it" "$root/scripts/lab" --l1 6.12-debug --setting ept=1 --kernel "$hello"
    refuses 2 "not 6.1-debug; measure npt=1 and npt=0 with it" "$root/scripts/run" --l1 6.1-debug --setting ept=0 --out "$out"
    refuses 2 "6.1, 6.12 not in {7.3,debian-6.12,6.12,debian,6.1," "$root/scripts/run" --l1 "6.1, 6.12" --out "$out"
    refuses 2 "no such L1 kernel: 7" "$root/lab/build-kernel" --l1 7
    [ ! -e "$out" ]
}

@test "only an L1 kernel that is asked for has its packages installed" {
    mkdir "$BATS_TEST_TMPDIR/bin"
    printf '#!/bin/sh\n' >"$BATS_TEST_TMPDIR/bin/dpkg-query"
    printf '#!/bin/sh\nexit 1\n' >"$BATS_TEST_TMPDIR/bin/sudo"
    printf '#!/bin/sh\nexit 1\n' >"$BATS_TEST_TMPDIR/bin/apt-get"
    chmod +x "$BATS_TEST_TMPDIR"/bin/*
    PATH=$BATS_TEST_TMPDIR/bin:$PATH
    printf 'ID=debian\nVERSION_ID="12"\n' >"$BATS_TEST_TMPDIR/os-release"
    export EXITSCOPE_OS_RELEASE=$BATS_TEST_TMPDIR/os-release
    run "$root/scripts/install-packages"
    [[ $output == *" linux-source-6.12 "* && $output != *"linux-source-6.1 "* && $output != *bats* ]]
    run "$root/scripts/install-packages" --l1 6.1-debug
    [[ $output == *" linux-source-6.12 "* && $output == *" linux-source-6.1 "* && $output != *bats* ]]
    run "$root/scripts/install-packages" --test
    [[ $output == *" linux-source-6.1 "* && $output == *" bats "* ]]
}

@test "modules of another Linux are told before anything is booted" {
    mkdir "$BATS_TEST_TMPDIR/other"
    cp -L "$("$root/scripts/build-kvm" --kernel-build "$("$root/lab/build-kernel" --l1 7.3)/build")"/*.ko "$BATS_TEST_TMPDIR/other"
    sed -i 's/vermagic=[0-9]*/vermagic=0/' "$BATS_TEST_TMPDIR/other/kvm.ko"
    lab --l1 7.3 --modules "$BATS_TEST_TMPDIR/other" --setting npt=1 --kernel "$hello"
    [ "$status" -eq 69 ]
    [[ $stderr == *"the modules are for Linux 0."*" and L1 is "[1-9]*": take another --l1, or build them: scripts/build-kvm --kernel-build "*/build* ]]
    [ ! -e "$out/l1.log" ]
}

# observed L1 SETTING: an observed guest's status, kernel and readings.
observed() {
    lab --l1 "$1" --setting "$2" --kernel "$hello" --trace --observe "hello from L2"
    [ "$status" -eq 0 ]
    [ "$output" = "hello from L2" ]
    jq -e --arg version "$1." '.kernel | startswith($version)' "$out/l1.json"
    jq -e '[.return[0].stats[] | select(.name == "exits").value][0] > 1000' "$out/query-stats.json"
    jq -e '.counts | add > 1000' "$out/kvm_exit.json"
    grep -q '^total [0-9]' "$out/vcpu0.exit_counters"
    grep -q 'Linux version' "$out/l1.dmesg"
    [ ! -s "$out/splats" ]
}

@test "7.3 boots in QEMU and runs a guest; what the host sees of it is kept" {
    observed 7.3 npt=1
}

@test "7.3 boots in Bochs too" {
    observed 7.3 ept=1
}

@test "a guest that does not print the text is ended after its time" {
    lab --setting npt=1 --kernel "$hello" --observe "hello from L3" --timeout 5
    [ "$status" -eq 124 ]
    [ ! -e "$out/query-stats.json" ]
}

@test "a guest that ends before it prints the text is an error" {
    assemble "$BATS_TEST_TMPDIR/guest" -DRESET
    lab --setting npt=1 --kernel "$BATS_TEST_TMPDIR/guest" --observe "hello from L3"
    [ "$status" -eq 69 ]
    [[ $stderr == *"QEMU ended before the guest printed 'hello from L3'"* ]]
}
