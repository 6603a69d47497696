# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# scripts/run, which is `exitscope run`: its arguments, and a host that has a patched KVM, played by a folder, a file and a QEMU that
# prints a recorded report. Needs only what scripts/run installs, and EXITSCOPE (set by ctest).

setup() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    export EXITSCOPE_SYS=$BATS_TEST_TMPDIR/sys EXITSCOPE_DEV=$BATS_TEST_TMPDIR/dev EXITSCOPE_STATE=$BATS_TEST_TMPDIR/state
    modules=$EXITSCOPE_SYS/module
    mkdir "$EXITSCOPE_DEV"
    : >"$EXITSCOPE_DEV/kvm"
    mkdir "$BATS_TEST_TMPDIR/bin"
    PATH=$BATS_TEST_TMPDIR/bin:$PATH
}

# patched_host MODULE PARAMETER VALUE
patched_host() {
    mkdir -p "$modules"/{kvm,"$1"}/parameters
    echo 1 >"$modules/kvm/parameters/exit_counters"
    echo "$3" >"$modules/$1/parameters/$2"
}

# recorded_qemu REPORT STATUS: a QEMU that prints the golden report and notes its arguments.
recorded_qemu() {
    cat >"$BATS_TEST_TMPDIR/bin/qemu-system-x86_64" <<QEMU
#!/bin/bash
[[ \$1 != --version ]] || { echo "QEMU emulator version 0"; exit; }
printf '%s\n' "\$@" >"$BATS_TEST_TMPDIR/arguments"
for argument; do
    [[ \$argument != file,*path=* ]] || cp "$root/tests/golden/$1" "\${argument##*path=}"
done
exit $2
QEMU
    chmod +x "$BATS_TEST_TMPDIR/bin/qemu-system-x86_64"
}

measure() {
    run "$root/scripts/run" --out "$BATS_TEST_TMPDIR/results" "$@"
    echo "$output"
}

refuses() {
    local text=$1
    shift
    run "$root/scripts/run" --out "$BATS_TEST_TMPDIR/none" "$@"
    echo "$output"
    [ "$status" -eq 2 ]
    [[ $output == *"$text"* ]]
    [ ! -e "$BATS_TEST_TMPDIR/none" ]
}

@test "--help states the exit codes" {
    run "$root/scripts/run" --help
    [ "$status" -eq 0 ]
    [[ $output == *"Exit codes: 0 every verdict is PASS"* ]]
}

@test "wrong arguments are named and nothing is done" {
    refuses "not expected: --settings; the nearest option of run is --setting" --settings ept=1
    refuses "ept=2 not in {ept=1,ept=0,npt=1,npt=0}" --setting ept=2
    refuses "--setting: 1 required" --setting
    refuses "--iterations: Value 0 not in range" --iterations 0
    refuses "5001 not in range" --iterations 5001
    refuses "Value 99999999999999999999 not in range" --iterations 99999999999999999999
    refuses "--vcpus: Value 0 not in range" --vcpus 0
    refuses "--vcpus: Value 9 not in range" --vcpus 9
    refuses "--repeat: Value 0 not in range" --repeat 0
    refuses "often not in {always,never}" --huge-pages often
    refuses "--workloads: names separated by commas, not: a b" --workloads 'a b'
    refuses "6.13 not in {7.3,debian-6.12,6.12,debian,6.1" --l1 6.13
    refuses "ept=1 runs in Bochs" --l1 6.12-debug --setting ept=1
    refuses "say --on host" --on lab --modules /tmp
    refuses "--modules excludes --source" --on host --modules /tmp --source /tmp
    refuses "Path does not exist: /nonexistent" --on host --source /nonexistent
    refuses "File does not exist: /nonexistent" --guest /nonexistent
}

@test "a patched KVM of this host is measured in the mode it is in" {
    patched_host kvm_intel ept Y
    recorded_qemu ept=1.serial 33
    measure
    [ "$status" -eq 0 ]
    [[ $output == *"ept=1 on this host"* && $output == *"100 EPT_VIOLATION"* && $output == *PASS* ]]
    [ -s "$BATS_TEST_TMPDIR/results/ept=1.json" ] && [ -s "$BATS_TEST_TMPDIR/results/ept=1.ktap" ]
}

@test "the guest has one vCPU, or as many as asked for" {
    patched_host kvm_intel ept Y
    recorded_qemu ept=1.serial 33
    measure
    grep -A1 -x -- -smp "$BATS_TEST_TMPDIR/arguments" | grep -qx 1
    measure --vcpus 8
    grep -A1 -x -- -smp "$BATS_TEST_TMPDIR/arguments" | grep -qx 8
}

@test "the README's choice of workloads is measured, or all" {
    patched_host kvm_intel ept Y
    recorded_qemu ept=1.serial 33
    measure
    rows=$(sed -n '/^| workload |/,/^$/s/^| `\([a-z0-9_]*\)`.*/\1/p' "$root/README.md" | paste -sd ,)
    grep -qx "workloads=$rows" "$BATS_TEST_TMPDIR/arguments"
    measure --workloads all --iterations 5
    grep -qx 'iterations=5' "$BATS_TEST_TMPDIR/arguments"
    measure --workloads all
    grep -A1 -x -- -append "$BATS_TEST_TMPDIR/arguments" | grep -qx ''
}

@test "workloads and iterations reach the guest's command line" {
    patched_host kvm_amd npt 0
    recorded_qemu npt=0.serial 33
    measure --workloads cpuid,hlt --iterations 7
    grep -qx 'workloads=cpuid,hlt iterations=7' "$BATS_TEST_TMPDIR/arguments"
}

@test "a host that is not what its parameter says is ERROR" {
    patched_host kvm_intel ept N
    recorded_qemu ept=1.serial 33
    measure
    [ "$status" -eq 2 ]
    [[ $output == *"asked for ept=0"* && $output == *"two-dimensional"* ]]
}

@test "a QEMU that dies is CRASH, whatever an earlier run left" {
    patched_host kvm_intel ept Y
    recorded_qemu ept=1.serial 33
    measure
    [ "$status" -eq 0 ]
    recorded_qemu ept=1.serial 1
    measure
    [ "$status" -eq 3 ]
    [[ $output == *CRASH* ]]
}

@test "a result that cannot be written is ERROR, not the earlier one" {
    patched_host kvm_intel ept Y
    recorded_qemu ept=1.serial 33
    measure
    [ "$status" -eq 0 ]
    folder=$BATS_TEST_TMPDIR/results/ept=1.json
    sed -i "2i [[ \$1 == --version ]] || { rm -f '$folder' && mkdir -p '$folder/in'; }" "$BATS_TEST_TMPDIR/bin/qemu-system-x86_64"
    measure
    [ "$status" -eq 2 ]
    [[ $output != *PASS* ]]
}

@test "scripts/exitscope is the command of this checkout" {
    run "$root/scripts/exitscope" show --format csv "$root/tests/golden/ept=1.json"
    [ "$status" -eq 0 ]
    [ "${lines[1]}" = "ept=1,cpuid,PASS,100,CPUID,100,100" ]
    run "$root/scripts/exitscope" gate
    [ "$status" -eq 2 ]
}

@test "without the lab, a host whose counters are off or whose KVM may not be opened is told why it is not measured" {
    patched_host kvm_intel ept Y
    export EXITSCOPE_ROOT=$BATS_TEST_TMPDIR/root
    mkdir -p "$EXITSCOPE_ROOT/lab" && : >"$EXITSCOPE_ROOT/lab/describe-kvm"
    cp "$root/lab/kernels" "$EXITSCOPE_ROOT/lab"
    echo 0 >"$modules/kvm/parameters/exit_counters"
    run "$EXITSCOPE" run --guest "$EXITSCOPE_ROOT/lab/describe-kvm" --out "$BATS_TEST_TMPDIR/results"
    [ "$status" -eq 2 ]
    [[ $output == *"This KVM has exit counters, but they are off (exit_counters=0): using the lab."* ]]
    echo 1 >"$modules/kvm/parameters/exit_counters"
    rm "$EXITSCOPE_DEV/kvm"
    run "$EXITSCOPE" run --guest "$EXITSCOPE_ROOT/lab/describe-kvm" --out "$BATS_TEST_TMPDIR/results"
    [ "$status" -eq 2 ]
    [[ $output == *"/dev/kvm may not be opened"*"build-kernel cannot be started"* ]]
}
