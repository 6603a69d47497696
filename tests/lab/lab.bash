# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# What tests of scripts/lab share: hello.S as an image that says hello, and one that spins. Needs the functions of settings.bash.

setup_file() {
    export root l1 modules hello spin
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    l1=$(small_kernel)
    modules=$("$root/scripts/build-kvm" --kernel-build "$("$root/lab/build-kernel" --l1 "$l1")/build")
    hello=$BATS_FILE_TMPDIR/hello
    spin=$BATS_FILE_TMPDIR/spin
    assemble "$hello"
    assemble "$spin" -DSTATUS=255
}

# assemble OUTPUT [OPTION...]
assemble() {
    local output=$1
    shift
    gcc -m32 -nostdlib -static -Wl,-Ttext=0x100000,--build-id=none -o "$output" "$@" "$BATS_TEST_DIRNAME/hello.S"
}

lab() {
    "$root/scripts/lab" --l1 "$l1" --modules "$modules" --out "$BATS_TEST_TMPDIR/out" "$@"
}
