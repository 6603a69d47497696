# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# What a run meets that is no fault of its own: no room on a disk, a folder that may not be written, another run in the same folder,
# a kill that no process sees. The host is played by files and a QEMU that prints a recorded report. Needs unshare, and EXITSCOPE
# (set by ctest).
#
# shellcheck disable=SC2016,SC2120 # what stands in quotes is for another shell

bats_require_minimum_version 1.5.0

setup() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    export EXITSCOPE_SYS=$BATS_TEST_TMPDIR/sys EXITSCOPE_DEV=$BATS_TEST_TMPDIR/dev EXITSCOPE_STATE=$BATS_TEST_TMPDIR/state
    export XDG_CACHE_HOME=$BATS_TEST_TMPDIR/cache TMPDIR=$BATS_TEST_TMPDIR/tmp EXITSCOPE_ROOT=$root root BATS_TEST_TMPDIR
    mkdir -p "$EXITSCOPE_SYS"/module/{kvm,kvm_intel}/parameters "$EXITSCOPE_DEV" "$BATS_TEST_TMPDIR/bin" "$TMPDIR"
    echo 1 >"$EXITSCOPE_SYS/module/kvm/parameters/exit_counters"
    echo Y >"$EXITSCOPE_SYS/module/kvm_intel/parameters/ept"
    : >"$EXITSCOPE_DEV/kvm"
    PATH=$BATS_TEST_TMPDIR/bin:$PATH
    out=$BATS_TEST_TMPDIR/results
    mkdir "$out"
    qemu 'cp "$root/tests/golden/ept=1.serial" "$serial"; exit 33'
}

# qemu SCRIPT: a QEMU that does this; $serial is its console's file.
qemu() {
    cat >"$BATS_TEST_TMPDIR/bin/qemu-system-x86_64" <<QEMU
#!/bin/bash
[[ \$1 != --version ]] || { echo "QEMU emulator version 0"; exit; }
for argument; do
    [[ \$argument != file,*path=* ]] || serial=\${argument##*path=}
done
$1
QEMU
    chmod +x "$BATS_TEST_TMPDIR/bin/qemu-system-x86_64"
}

measure() {
    "$EXITSCOPE" run --guest "$root/tests/golden/list.serial" --out "$out" "$@"
}

# in_own_mounts SCRIPT: a shell that may mount things that nobody else sees, and that go with it. It knows the functions of this file.
in_own_mounts() {
    export out
    export -f measure qemu fill
    run unshare --user --map-root-user --mount bash -euo pipefail -c "$1"
    echo "$output"
}

# fill FOLDER: leaves no room on its disk.
fill() {
    dd if=/dev/zero of="$1/filler" bs=4k 2>/dev/null || true
}

# Nothing stays of a run but its results.
nothing_is_left() {
    [ -z "$(ls "$TMPDIR")" ]
    [ -z "$(find "$BATS_TEST_TMPDIR" -name '*.partial')" ]
    [ -z "$(pgrep -f "$BATS_TEST_TMPDIR/bin/qemu-system-x86_64")" ]
}

@test "results on a full disk: ERROR, which says so, and those of the run before are still there" {
    in_own_mounts '
        mount -t tmpfs -o size=2M none "$out"
        measure >/dev/null 2>&1
        sha256sum "$out"/ept=1.* >"$BATS_TEST_TMPDIR/before"
        fill "$out"
        status=0
        measure || status=$?
        [ "$status" -eq 2 ]
        sha256sum --check --quiet "$BATS_TEST_TMPDIR/before"
        [ "$(ls "$out")" = "$(printf "%s\n" ept=1.json ept=1.ktap filler logs)" ]'
    [ "$status" -eq 0 ]
    [[ $output == *"ept=1.json: cannot be written: No space left on device; check that the folder may be written and the disk has room"* ]]
    nothing_is_left
}

@test "a full disk for a run's own files: no PASS" {
    in_own_mounts '
        mount -t tmpfs -o size=256k none "$TMPDIR"
        fill "$TMPDIR"
        status=0
        measure || status=$?
        [ "$status" -eq 2 ] || [ "$status" -eq 3 ]
        [ "$(ls "$TMPDIR")" = filler ]'
    [ "$status" -eq 0 ]
    [[ $output != *PASS* ]]
    [[ $output == *"No space left on device"* ]]
    nothing_is_left
}

@test "a full disk for the cache: the run is done, and nothing is remembered" {
    mkdir -p "$XDG_CACHE_HOME"
    in_own_mounts '
        mount -t tmpfs -o size=64k none "$XDG_CACHE_HOME"
        fill "$XDG_CACHE_HOME"
        measure
        [ "$(ls -A "$XDG_CACHE_HOME")" = filler ] || [ -z "$(ls -A "$XDG_CACHE_HOME/exitscope")" ]'
    [ "$status" -eq 0 ]
    nothing_is_left
}

@test "a full disk for a page or for standard output: ERROR, and the page of before stays" {
    in_own_mounts '
        mount -t tmpfs -o size=256k none "$out"
        "$EXITSCOPE" report "$root/tests/golden/ept=1.json" -o "$out/page.html"
        cp "$out/page.html" "$BATS_TEST_TMPDIR/before"
        fill "$out"
        status=0
        "$EXITSCOPE" report "$root/tests/golden/ept=1.json" -o "$out/page.html" || status=$?
        [ "$status" -eq 2 ]
        cmp "$out/page.html" "$BATS_TEST_TMPDIR/before"
        [ "$(ls "$out")" = "$(printf "%s\n" filler page.html)" ]'
    [ "$status" -eq 0 ]
    [[ $output == *"page.html: cannot be written: No space left on device"* ]]
    for words in "show" "show --format csv" "show --format json" "compare $root/tests/golden/ept=1.json" "gate --baseline $root/tests/golden/ept=1.json"; do
        status=0
        # shellcheck disable=SC2086 # several words
        "$EXITSCOPE" $words "$root/tests/golden/ept=1.json" >/dev/full 2>"$BATS_TEST_TMPDIR/said" || status=$?
        echo "$words: $status $(<"$BATS_TEST_TMPDIR/said")"
        [ "$status" -eq 2 ]
        grep -q 'No space left on device' "$BATS_TEST_TMPDIR/said"
    done
}

@test "results that may only be read: ERROR before anything is measured" {
    qemu 'touch "$BATS_TEST_TMPDIR/began"; exit 33'
    in_own_mounts '
        mount -t tmpfs none "$out"
        mkdir "$out/logs"
        mount -o remount,ro "$out"
        status=0
        measure || status=$?
        [ "$status" -eq 2 ]
        status=0
        "$EXITSCOPE" lab --setting npt=1 --kernel "$root/tests/golden/list.serial" --out "$out" || status=$?
        [ "$status" -eq 69 ]'
    [ "$status" -eq 0 ]
    [ "$(grep -c 'results cannot be written to: Read-only file system; choose another folder with --out' <<<"$output")" -eq 2 ]
    [ ! -e "$BATS_TEST_TMPDIR/began" ]
    nothing_is_left
}

# measure_meanwhile: in the background, until its QEMU has begun; sets measuring. That QEMU ends when there is a file `go`,
# and after half a minute in any case.
measure_meanwhile() {
    qemu ': >"$BATS_TEST_TMPDIR/began"
        for _ in {1..300}; do [[ ! -e $BATS_TEST_TMPDIR/go ]] || break; sleep 0.1; done
        cp "$root/tests/golden/ept=1.serial" "$serial"
        exit 33'
    "$EXITSCOPE" run --guest "$root/tests/golden/list.serial" --out "$out" >"$BATS_TEST_TMPDIR/said" 2>&1 3>&- &
    measuring=$!
    until [[ -e $BATS_TEST_TMPDIR/began ]]; do
        kill -0 "$measuring"
        sleep 0.1
    done
}

@test "a second run in the same folder is refused, and the first one ends as if alone" {
    measure_meanwhile
    run -2 measure
    echo "$output"
    [[ $output == *"another run writes to $out; wait for its end, or choose another folder with --out"* ]]
    : >"$BATS_TEST_TMPDIR/go"
    wait "$measuring"
    [ "$(jq -r .verdict "$out/ept=1.json")" = PASS ]
    run -0 measure
    nothing_is_left
}

@test "a run that is killed with kill -9 leaves no QEMU and no file, and the folder to the next one" {
    measure >/dev/null 2>&1
    cp "$out/ept=1.json" "$BATS_TEST_TMPDIR/before"
    measure_meanwhile
    kill -KILL "$measuring"
    status=0
    wait "$measuring" || status=$?
    [ "$status" -eq 137 ]
    for _ in {1..100}; do
        [[ -n $(ls "$TMPDIR") || -n $(pgrep -f "$BATS_TEST_TMPDIR/bin/qemu-system-x86_64") ]] || break
        sleep 0.1
    done
    nothing_is_left
    cmp "$out/ept=1.json" "$BATS_TEST_TMPDIR/before"
    : >"$BATS_TEST_TMPDIR/go"
    run -0 measure
}

@test "a QEMU that is killed with kill -9 is CRASH with the signal" {
    qemu 'head -c 5000 "$root/tests/golden/ept=1.serial" >"$serial"; kill -KILL $$'
    run -3 measure
    echo "$output"
    [ "$(jq -r '.problems[0].message' "$out/ept=1.json")" = 'QEMU was killed by signal 9 (status 137)' ]
    nothing_is_left
}

@test "a permission for /dev/kvm that is lost in the middle is CRASH in QEMU's words" {
    qemu 'echo "Could not access KVM kernel module: Permission denied" >&2; exit 1'
    run -3 measure
    echo "$output"
    [[ $output == *"ept=1: Could not access KVM kernel module: Permission denied"* ]]
    grep -q 'Permission denied' "$out/logs/qemu-ept=1.log"
    [ "$(jq -r '.problems[0].message' "$out/ept=1.json")" = 'QEMU could not start or go on; its error output says why (status 1)' ]
    nothing_is_left
}

@test "a run that does not start names every result that is still an earlier run's" {
    measure >/dev/null 2>&1
    mkdir "$out/unmeasured"
    cp "$out/ept=1.json" "$out/unmeasured/"
    rm "$BATS_TEST_TMPDIR/bin/qemu-system-x86_64"
    ln -s /nowhere "$BATS_TEST_TMPDIR/bin/qemu-system-x86_64"
    mkdir "$BATS_TEST_TMPDIR/few"
    for program in bash env cat sed grep tr cut head tail dirname uname jq awk; do
        ln -s "$(type -P $program)" "$BATS_TEST_TMPDIR/few/"
    done
    PATH=$BATS_TEST_TMPDIR/few run -2 measure
    echo "$output"
    [[ $output == *"nothing was measured; $out/ept=1.json and $out/unmeasured/ept=1.json are still those of earlier runs"* ]]
    nothing_is_left
}

@test "a clock that was set back changes nothing: results from the future are replaced" {
    measure >/dev/null 2>&1
    find "$out" "$XDG_CACHE_HOME" -exec touch -d '+2 years' {} +
    sed -i 's/"verdict": "PASS"/"verdict": "FAIL"/' "$out/ept=1.json"
    run -0 measure
    echo "$output"
    [[ $output == *PASS* ]]
    [ "$(jq -r .verdict "$out/ept=1.json")" = PASS ]
    nothing_is_left
}
