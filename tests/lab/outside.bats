# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# A KVM without the patch, measured from outside: the whole catalogue passes, with the counts that the patched KVM has. The results
# to compare with are exact.bats'. Needs EXITSCOPE and EXITSCOPE_TEST_RESULTS (set by ctest), jq, the lab. Which settings:
# settings.bash.

load settings

setup_file() {
    export root out
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    out=$BATS_FILE_TMPDIR/results
    local setting options=()
    for setting in $(settings); do
        options+=(--setting "$setting")
    done
    [[ ${#options[@]} -gt 0 ]] || return 0
    EXITSCOPE_ROOT=$root "$EXITSCOPE" run --on lab --l1 "$(small_kernel)" --counters trace --workloads all "${options[@]}" --out "$out" \
        >"$BATS_FILE_TMPDIR/said" 2>&1 || true
    cat "$BATS_FILE_TMPDIR/said"
}

setup() {
    mapfile -t chosen < <(settings | tr ' ' '\n')
    [[ -n ${chosen[0]} ]] || skip "none of its settings is chosen"
}

@test "every workload passes or is skipped with its reason, on modules without the patch" {
    cat "$BATS_FILE_TMPDIR/said"
    for setting in "${chosen[@]}"; do
        result=$out/$setting.json
        [ "$(jq -r .verdict "$result")" = PASS ]
        [ "$(jq -r .evidence.counters.source "$result")" = trace ]
        [ "$(jq -r .evidence.host.parameters.kvm.exit_counters "$result")" = null ]
        [ "$(jq '[.workloads[] | select(.verdict == "PASS")] | length' "$result")" -ge 110 ]
        [ "$(jq '[.workloads[] | select(.verdict == "SKIP" and .message == "")] | length' "$result")" -eq 0 ]
    done
}

@test "each count is the patched KVM's" {
    for setting in "${chosen[@]}"; do
        echo "$setting"
        "$EXITSCOPE" compare --changed "$EXITSCOPE_TEST_RESULTS/$setting/1/$setting.json" "$out/$setting.json"
    done
}

@test "without what was counted the report gives no number" {
    setting=${chosen[0]}
    run "$EXITSCOPE" result --setting "$setting" --serial "$out/$setting.ktap" --status 39 --no-host-evidence --out "$BATS_TEST_TMPDIR"
    echo "$output"
    [ "$status" -eq 2 ]
    [[ $output == *'the exits were counted from outside, and what was counted is missing (marks.jsonl)'* ]]
    [ "$(jq '[.workloads[].exits | add // 0] | add' "$BATS_TEST_TMPDIR/$setting.json")" -eq 0 ]
}
