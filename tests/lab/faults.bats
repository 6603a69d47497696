# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# What goes wrong in the lab's two machines: a guest that hangs, an L1 that panics, and one without memory. Needs HANGING_GUEST, GUEST
# and EXITSCOPE (set by ctest), and jq.

bats_require_minimum_version 1.5.0

load settings
load lab

# expect_hang WORKLOAD: the host's limit ends it, and the result names the workload.
expect_hang() {
    run -124 lab --setting npt=1 --kernel "$HANGING_GUEST" --append "workloads=cpuid,$1" --timeout 20
    echo "$output"
    [[ $output == *"timed out after 20 s of L1's clock"* ]]
    cd "$BATS_TEST_TMPDIR/out"
    run -3 "$EXITSCOPE" result --setting npt=1 --serial serial --status "$(<status)" --host l1.json --l1-log l1.log --out judged
    echo "$output"
    [ "${lines[0]}" = "npt=1: CRASH" ]
    [[ $output == *"CRASH time-out: QEMU was stopped before the guest had finished (status 124)"* ]]
    [[ $output == *"CRASH the guest was measuring '$1'"* ]]
    # What had been measured before is kept.
    [ "$(jq -r '.workloads[] | select(.name == "cpuid") | .verdict' judged/npt=1.json)" = PASS ]
}

@test "a guest that hangs with interrupts is CRASH, and the workload is named" {
    expect_hang hang_with_interrupts
}

@test "a guest that hangs without interrupts is CRASH, and the workload is named" {
    expect_hang hang_without_interrupts
}

@test "a guest for which L1 has too little memory is not done, with the cause and the remedy" {
    gcc -m32 -nostdlib -static -Wl,-Ttext=0x100000,--build-id=none -o "$BATS_TEST_TMPDIR/greedy" "$BATS_TEST_DIRNAME/greedy.S"
    run -69 lab --setting npt=1 --kernel "$BATS_TEST_TMPDIR/greedy" --qemu-arg -m --qemu-arg 480M --timeout 300
    echo "$output"
    [[ $output == *"L1 had no memory left and ended QEMU: "*"Out of memory: Killed process "*"; give the guest less (-m), or take an L1 that has more"* ]]
}

# A checkout whose L1 panics where its second run would begin, as its first process ends.
panicking_checkout() {
    copy=$BATS_TEST_TMPDIR/checkout
    mkdir "$copy"
    cp -r "$root"/{lab,scripts,abi,kvm-patch} "$copy"
    sed -i 's,^/lab/run-job && .*,/lab/run-job \& until [ -e /die ]; do sleep 0.1; done; exit 1,' "$copy/lab/l1/init"
    # shellcheck disable=SC2016 # L1's shell
    sed -i 's,^    say "run $number: starting QEMU"$,&\n    [ "$number" -ne 2 ] || { : >/die; sleep 100; },' "$copy/lab/l1/run-job"
    grep -q 'exit 1' "$copy/lab/l1/init" && grep -q ': >/die' "$copy/lab/l1/run-job"
}

# Takes its image out of the cache.
teardown() {
    [[ -n ${copy:-} ]] || return 0
    local image
    image=$("$copy/lab/build-image" "$("$root/lab/build-kernel" --l1 "$l1")")
    [[ $image == */lab-image/* ]] && rm -rf "$image" "$image.sums" "$image.lock"
}

@test "an L1 that panics: what had ended keeps its counts, and is ERROR as its kernel is; the run that was on is CRASH, the rest not measured" {
    panicking_checkout
    local out=$BATS_TEST_TMPDIR/results
    EXITSCOPE_ROOT=$copy run -3 "$EXITSCOPE" run --l1 "$l1" --guest "$GUEST" --setting npt=1 --setting npt=0 --repeat 2 \
        --workloads cpuid,rdtsc --out "$out"
    echo "$output"
    [[ $output == *"npt=1 PASS "*"cpuid 100 CPUID, rdtsc 0"* ]]
    [ "$(jq -r .verdict "$out/npt=1.json" "$out/npt=1.2.json" | paste -sd ,)" = ERROR,CRASH ]
    [ "$(jq -c '[.workloads[] | .verdict]' "$out/npt=1.json")" = '["PASS","PASS"]' ]
    for name in npt=1 npt=1.2; do
        jq -e '.problems | any(.message | contains("Kernel panic - not syncing: Attempted to kill"))' "$out/$name.json"
    done
    [ ! -e "$out/npt=0.json" ]
    [[ $output != *"two runs of npt=1 differ"* ]]
    [[ $output == *"not every run was done; L1's log is $out/logs/l1-svm.log"* ]]
}
