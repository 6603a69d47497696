# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# An interrupt that comes before its HLT: the guest does not wait for ever, and that window is not taken for a measurement.
# Needs HALTING_GUEST and EXITSCOPE (set by ctest), jq, the lab. EXITSCOPE_TEST_SETTINGS: which settings (default: all).

load settings

setup() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    settings=()
    for setting in ${EXITSCOPE_TEST_SETTINGS:-ept=1 ept=0 npt=1 npt=0}; do
        settings+=(--setting "$setting")
    done
    out=$BATS_TEST_TMPDIR/out
}

measure() {
    EXITSCOPE_ROOT=$root run "$EXITSCOPE" run --on lab --l1 "$(small_kernel)" --guest "$HALTING_GUEST" "${settings[@]}" --workloads "$1" --out "$out"
    echo "$output"
}

@test "a window with a HLT too few is measured again, and the counts are those of a whole one" {
    measure halt_missed,hlt
    [ "$status" -eq 0 ]
    for result in "$out"/*t=[01].json; do
        jq -e '[.workloads[] | .exits] | length == 2 and .[0] == .[1] and (.[0] | add == 300)' "$result"
    done
}

@test "where no window is whole it is ERROR, and says why" {
    measure halt_missed_always
    [ "$status" -eq 2 ]
    [[ $output == *"host interrupts fell into every window"* ]]
}
