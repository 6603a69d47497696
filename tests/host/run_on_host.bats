# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# `exitscope run --on host` on a host made of files: each setting is loaded and measured, and whatever happens on the way, the
# host has in the end what it had. Needs root and EXITSCOPE (set by ctest). Nothing of this machine is touched.

load fake_host

setup() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    make_host svm
    load_stock kvm_amd
    keep_sys
    ln -s "$root/tests/golden" "$FAKE/golden"
    : >"$FAKE/guest"
    export XDG_CACHE_HOME=$FAKE/cache
    out=$FAKE/results
}

# Has QEMU write the consoles of a Linux of the user's own, PHASE of EXITS CPUIDs, and end as after a reboot.
make_linux() {
    local paging line
    rm "$FAKE/golden"
    mkdir "$FAKE/golden" "$FAKE/my"
    for paging in 1 0; do
        printf -v line '{"exitstat":2,"name":"%s","counters":"exitscope","isa":"svm","paging":"%s","scope":"vcpu","since_creation":false,"total":%d,"reasons":[{"reason":"0x72","name":"CPUID","exits":%d,"cycles":9}]' \
            "$1" "$([[ $paging == 1 ]] && echo two-dimensional || echo shadow)" "$2" "$2"
        # gzip's last eight bytes are the check sum and the size.
        printf '[    1.0] hello\r\n%s,"crc":"%s"}\r\n' "$line" "$(printf %s "$line" | gzip | tail -c 8 | od -An -tx4 -N4 | tr -d ' ')" >"$FAKE/golden/npt=$paging.serial"
    done
    echo 0 >"$FAKE/qemu-status"
    echo kernel >"$FAKE/my/vmlinuz"
    printf initrd | gzip >"$FAKE/my/initrd"
    echo disk >"$FAKE/my/disk"
    echo other >"$FAKE/my/an,other"
}

# measure OPTION...: sets status and output; in the background, so that its id is known to those who send it signals.
measure() {
    : >"$FAKE/changes"
    status=0
    # A background job of a script ignores Ctrl-C, and what exitscope finds ignored it leaves so.
    local words=(run --guest "$FAKE/guest")
    [[ ${subcommand:-run} == run ]] || words=("$subcommand")
    env --default-signal=INT "$EXITSCOPE" "${words[@]}" --on host --modules "$FAKE/new" --out "$out" "$@" >"$FAKE/output" 2>&1 &
    local pid=$!
    [[ -z ${event:-} ]] || echo "$event $pid" >"$FAKE/event"
    wait "$pid" || status=$?
    rm -f "$FAKE/event"
    output=$(<"$FAKE/output")
    echo "status $status" && cat "$FAKE/output" "$FAKE/changes"
}

@test "both settings of this CPU are loaded and measured, and the stock modules come back" {
    measure
    [ "$status" -eq 0 ]
    [[ $output == *'npt=1 on this host'*'npt=0 on this host'*'put this host'* ]]
    [ "$("$EXITSCOPE" show --format csv "$out/npt=1.json" | sed -n 2p)" = "npt=1,cpuid,PASS,100,CPUID,100,100" ]
    [ -s "$out/npt=0.json" ] && [ -s "$out/npt=0.ktap" ]
    [ "$(grep -c '^insert .*/new/kvm-amd.ko npt=[01] avic=0' "$FAKE/changes")" -eq 2 ]
    expect_kept_sys
}

@test "one setting, several times: its files are numbered and compared" {
    measure --setting npt=0 --repeat 3
    [ "$status" -eq 0 ]
    [[ $output == *'the same in each of 3 runs'* ]]
    [ -s "$out/npt=0.json" ] && [ -s "$out/npt=0.2.json" ] && [ -s "$out/npt=0.3.ktap" ]
    [ ! -e "$out/npt=1.json" ]
    expect_kept_sys
}

@test "the counting KVM that is loaded already is measured and stays" {
    "$EXITSCOPE" load-kvm --npt on --modules "$FAKE/new"
    mkdir "$FAKE/dev" && : >"$FAKE/dev/kvm"
    : >"$FAKE/changes"
    EXITSCOPE_DEV=$FAKE/dev "$EXITSCOPE" run --guest "$FAKE/guest" --out "$out"
    [ "$(grep -vc '^-accel kvm' "$FAKE/changes")" -eq 0 ]
    [ -s "$out/npt=1.json" ]
    measure
    [ "$status" -eq 2 ]
    [[ $output == *'load-kvm --restore'* ]]
    [ ! -s "$FAKE/changes" ]
    "$EXITSCOPE" load-kvm --restore
    expect_kept_sys
}

@test "a VM that runs is named, and nothing is changed" {
    ln -s anon_inode:kvm-vm "$FAKE/proc/77/fd/9"
    measure
    [ "$status" -eq 2 ]
    [[ $output == *'process 77 (qemu-test)'* ]]
    [ ! -s "$FAKE/changes" ]
    expect_kept_sys
}

@test "the other vendor's setting, the lab's options and no virtualization are refused with the remedy" {
    measure --setting ept=1
    [ "$status" -eq 2 ] && [[ $output == *'--on lab, or measure npt=1 and npt=0'* ]]
    measure --l1 6.12
    [ "$status" -eq 2 ] && [[ $output == *"are the lab's"* ]]
    printf 'flags\t\t: fpu sse\n' >"$FAKE/proc/cpuinfo"
    measure
    [ "$status" -eq 2 ] && [[ $output == *'switch virtualization on in the firmware'* ]]
    [ ! -s "$FAKE/changes" ]
    [ ! -e "$out" ]
}

@test "a module that does not load is told, and the stock modules come back" {
    echo broken >>"$FAKE/new/kvm-amd.ko"
    measure
    [ "$status" -eq 2 ]
    [[ $output == *'Invalid module format'*'The whole log: '* ]]
    expect_kept_sys
}

@test "a QEMU that dies is CRASH, the other setting is measured, and the stock modules come back" {
    cp -r "$root/tests/golden" "$FAKE/golden.cut" && rm "$FAKE/golden" && mv "$FAKE/golden.cut" "$FAKE/golden"
    truncate -s -2000 "$FAKE/golden/npt=1.serial"
    measure
    [ "$status" -eq 3 ]
    [[ $output == *CRASH*PASS* ]]
    expect_kept_sys
}

# This machine may trace a KVM or not; no VM ran in either case.
@test "exits that cannot be counted from outside are told, and the stock modules come back" {
    measure --setting npt=1 --witness
    [ "$status" -eq 2 ]
    [[ $output == *'exitscope-trace: '* || $output == *'nothing to compare with what was counted from outside'* ]]
    expect_kept_sys
}

@test "a QEMU that is missing is told, and the stock modules come back" {
    rm "$FAKE/bin/qemu-system-x86_64"
    PATH=$FAKE/bin:$(minimal_path) measure
    [ "$status" -eq 2 ]
    [[ $output == *'qemu-system-x86_64 cannot be started: No such file'*'scripts/install-packages'* ]]
    expect_kept_sys
}

# A folder with what the scripts need, and no QEMU.
minimal_path() {
    local program
    mkdir "$FAKE/minimal"
    for program in bash sh env cat cp rm mv ln ls mkdir rmdir find sed grep tr sort od cut head tail stat flock sleep id date dirname \
        basename chmod touch wc mktemp readlink awk kill; do
        ln -s "$(type -P "$program")" "$FAKE/minimal/"
    done
    echo "$FAKE/minimal"
}

# interrupted_with SIGNAL STATUS: at each change on the way, modules and guests; KVM is as it was, and the exit code tells.
interrupted_with() {
    local number steps
    measure
    steps=$(wc -l <"$FAKE/changes")
    [ "$steps" -eq 14 ]
    for ((number = 1; number <= steps; number++)); do
        event="$number before $1"
        rm -f "$out/npt=1.json"
        measure
        echo "at change $number"
        expect_kept_sys
        # While it puts things back there is nothing left to interrupt, and what was measured is reported.
        if ((number <= 10)); then
            [ "$status" -eq "$2" ]
            [ ! -e "$out/npt=1.json" ]
        else
            [ "$status" -eq 0 ]
            [ -s "$out/npt=1.json" ]
        fi
    done
}

@test "Ctrl-C at each step: the host has what it had" {
    interrupted_with INT 130
}

@test "TERM at each step: the host has what it had" {
    interrupted_with TERM 143
}

@test "kill -9 in the middle: the host gets what it had" {
    event="8 before KILL"
    measure
    [ "$status" -eq 137 ]
    for _ in {1..300}; do
        [[ -e $EXITSCOPE_STATE/kvm ]] || break
        sleep 0.1
    done
    [ ! -e "$out/npt=0.json" ]
    expect_kept_sys
}

@test "a Linux of the user's own: kernel, ramdisk, command line, memory and disks reach QEMU, and no disk is written" {
    make_linux compile 4711
    cd "$FAKE/my"
    subcommand=linux measure --kernel vmlinuz --initrd initrd --append "root=/dev/vda quiet" --disk disk --disk an,other --memory 2048
    [ "$status" -eq 0 ]
    [[ $output == *'compile  all      4711  =   4711'* ]]
    [ "$(jq -c '.workloads[] | [.name, .exits]' "$out/npt=0.json")" = '["compile",{"0x72":4711}]' ]
    # QEMU is given the kernel by a name without blanks and commas.
    [ "$(grep -cE -e '-kernel [^ ,]*/npt=[01]/guest -initrd' "$FAKE/changes")" -eq 2 ]
    for words in "-initrd $PWD/initrd" "-append root=/dev/vda quiet " "-m 2048M" \
        "-drive if=virtio,file=$PWD/disk,snapshot=on" "-drive if=virtio,file=$PWD/an,,other,snapshot=on"; do
        [ "$(grep -cF -e "$words" "$FAKE/changes")" -eq 2 ] || { echo "wanted: $words" && false; }
    done
    # Programs read the counters there, not the kernel.
    [ "$(grep -c '^insert .*/new/kvm.ko .*exit_counters=2' "$FAKE/changes")" -ge 1 ]
    expect_kept_sys
}

@test "a Linux of the user's own that says nothing, or ends badly, is no PASS" {
    make_linux compile 4711
    cd "$FAKE/my"
    echo 1 >"$FAKE/qemu-status"
    subcommand=linux measure --kernel vmlinuz
    [ "$status" -eq 3 ]
    echo 0 >"$FAKE/qemu-status"
    echo hello >"$FAKE/golden/npt=1.serial"
    subcommand=linux measure --kernel vmlinuz
    [ "$status" -ge 2 ]
    expect_kept_sys
    subcommand=linux measure --kernel vmlinuz --disk "$FAKE/my/none"
    [ "$status" -eq 2 ]
    [[ $output == *"File does not exist: $FAKE/my/none"* ]]
    [ ! -s "$FAKE/changes" ]
}
