# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# An emulator that dies in the middle of a measurement: the setting that had ended keeps its result, the one that was on is
# CRASH, and those after it were not measured. A command that is killed: nothing of it goes on.

load settings

setup() {
    l1=$(small_kernel)
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    export TMPDIR=$BATS_TEST_TMPDIR
    "$root/scripts/build-kvm" --kernel-build "$("$root/lab/build-kernel" --l1 "$l1")/build" --isa svm >/dev/null
}

# wait_for FILE TEXT: until the file, whose name may be a pattern, holds the text.
wait_for() {
    # shellcheck disable=SC2086 # a pattern
    until grep -qsF "$2" $1; do
        kill -0 "$measuring"
        sleep 0.1
    done
}

@test "the result of a setting that has ended stays when the emulator dies in the next one" {
    out=$BATS_TEST_TMPDIR/results
    EXITSCOPE_ROOT=$root "$EXITSCOPE" run --l1 "$l1" --guest "$GUEST" --setting npt=1 --setting npt=0 --repeat 2 \
        --workloads cpuid,rdtsc,hlt --out "$out" >"$BATS_TEST_TMPDIR/said" 2>&1 3>&- &
    measuring=$!
    wait_for "$BATS_TEST_TMPDIR/said" 'npt=1.2 PASS'
    wait_for "$TMPDIR/exitscope-run.*/results-svm/l1.log" 'run 3: starting QEMU'
    kill -KILL "$(pgrep -P "$(pgrep -P "$measuring" -f lab/boot)" qemu-system)"
    status=0
    wait "$measuring" || status=$?
    cat "$BATS_TEST_TMPDIR/said"
    [ "$status" -eq 3 ]
    grep -qE '^  npt=1 PASS +[0-9]+ s  cpuid 100 CPUID, rdtsc 0, hlt 100 HLT \+ 200 MSR$' "$BATS_TEST_TMPDIR/said"
    grep -qE '^verdict +PASS +CRASH$' "$BATS_TEST_TMPDIR/said"
    [ "$(jq -r .verdict "$out/npt=1.json" "$out/npt=1.2.json" "$out/npt=0.json" | paste -sd ,)" = PASS,PASS,CRASH ]
    [ "$(jq .qemu_status "$out/npt=0.json")" -eq -1 ]
    [ ! -e "$out/npt=0.2.json" ]
}

@test "a command that is killed with kill -9 takes its emulators along, and leaves no file" {
    EXITSCOPE_ROOT=$root "$EXITSCOPE" run --l1 "$l1" --guest "$GUEST" --setting npt=1 --iterations 5000 \
        --out "$BATS_TEST_TMPDIR/results" >"$BATS_TEST_TMPDIR/said" 2>&1 3>&- &
    measuring=$!
    wait_for "$TMPDIR/exitscope-run.*/results-svm/l1.log" 'L1 is up'
    boot=$(pgrep -P "$measuring" -f lab/boot)
    emulator=$(pgrep -P "$boot" qemu-system)
    kill -KILL "$measuring"
    status=0
    wait "$measuring" || status=$?
    [ "$status" -eq 137 ]
    for _ in {1..100}; do
        compgen -G "$TMPDIR/exitscope-*" >/dev/null || break
        sleep 0.1
    done
    ! compgen -G "$TMPDIR/exitscope-*"
    [ -z "$(ps -o stat=,args= -p "$boot" -p "$emulator" | grep -v '^Z')" ]
    [ ! -e "$BATS_TEST_TMPDIR/results/npt=1.json" ]
}
