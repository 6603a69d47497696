# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# `exitscope linux` with a Linux that cannot do its work, or whose kernel talks into its lines: refused before anything runs where
# that can be known, else ERROR with the reason. Under npt=1. Needs cpio, gzip and jq.

load settings

bats_require_minimum_version 1.5.0

setup_file() {
    export root runs kernel l1 chosen
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    runs=$BATS_FILE_TMPDIR
    chosen=$(settings)
    [[ " $chosen " == *" npt=1 "* ]] || return 0
    l1=$(small_kernel)
    kernel=$("$root/lab/build-kernel" --l1 "$l1")
    inner=$("$root/lab/build-inner" "${EXITSCOPE%/*}/../exitstat/exitstat")
    cp "$inner" "$runs/good"
    # Of two files of one name in a ramdisk the later one counts. The kernel speaks when 200 characters of the line are printed.
    local talk='exitstat --json --vcpu 0 --number 4 --name talk -- true | { dd bs=1 count=200 status=none; echo "<0>the kernel speaks" >/dev/kmsg; cat; }'
    sed "s#^phase touch#number=4 names=\"\$names talk\"; $talk\\n&#" "$root/lab/inner/init" >"$runs/init"
    chmod +x "$runs/init"
    { cat "$inner" && (cd "$runs" && echo init | cpio -o -H newc -R 0:0 --quiet); } >"$runs/talks"
    # A tenth of it is missing.
    gzip <"$inner" >"$runs/whole.gz"
    head -c $(($(stat -c %s "$runs/whole.gz") * 9 / 10)) "$runs/whole.gz" >"$runs/cut.gz"
    head -c $(($(stat -c %s "$inner") * 9 / 10)) "$inner" >"$runs/cut"
    (cd "$runs" && echo init | cpio -o -H newc -R 0:0 --quiet) >"$runs/without"
}

# linux INITRD [OPTION...]: sets status and output.
linux() {
    [[ " $chosen " == *" npt=1 "* ]] || skip "npt=1 is not among the settings"
    run "$EXITSCOPE" linux --on lab --l1 "$l1" --setting npt=1 --kernel "$kernel/vmlinux" --initrd "$runs/$1" \
        --append "console=ttyS0 quiet panic=-1 no_timer_check" --out "$BATS_TEST_TMPDIR/out" "${@:2}"
    echo "$output"
}

@test "a phase that the kernel's message cuts is an ERROR that names it" {
    linux talks
    [ "$status" -eq 2 ]
    [[ $output == *'npt=1: ERROR'*"phase 4, 'talk', is lost: its line on the console is cut or missing"* ]]
    # All others are there.
    [ "$(jq -r '[.workloads[].name] | join(" ")' "$BATS_TEST_TMPDIR/out/npt=1.json")" = "boot nothing fork touch file print sleep" ]
}

@test "a compressed ramdisk that does not unpack is named by what Linux says of it" {
    linux cut.gz
    [ "$status" -ne 0 ]
    [[ $output == *"the Linux says on its console: 'Initramfs unpacking failed"* ]]
}

@test "a ramdisk that is cut, or has no exitstat in it, is refused before anything runs" {
    linux cut
    [ "$status" -eq 2 ]
    [[ $output == *"--initrd: $runs/cut is cut, or mangled, in the archive's entry at byte "* ]]
    linux without
    [ "$status" -eq 2 ]
    [[ $output == *"--initrd: $runs/without has no exitstat in it"* ]]
    [ ! -e "$BATS_TEST_TMPDIR/out" ]
}

@test "more memory than the lab's Linux has is refused before anything runs" {
    linux good --memory 512
    [ "$status" -eq 2 ]
    [[ $output == *"--memory: 512 MiB are too much: the lab's Linux has 512 MiB itself"* ]]
    [ -z "$(find "$BATS_TEST_TMPDIR/out" -name '*.json')" ]
    linux good --memory 1048576 --on host
    [ "$status" -eq 2 ]
}

@test "memory that the lab's Linux has not got beside itself is named" {
    linux good --memory 511
    [ "$status" -ne 0 ]
    [[ $output == *[Mm]emory* ]]
}
