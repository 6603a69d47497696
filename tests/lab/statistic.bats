# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# The third view: KVM's statistic hw_exits of kvm-patch/upstream, on a KVM that has the counters, too. The tracepoint is the second.
# Each run is of one VM, which all three count. Needs GUEST and EXITSCOPE (set by ctest), jq, the lab. Which settings: settings.bash.

load settings

version=7.3

setup_file() {
    export root
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    local isa pids=() pid
    # The counters and the statistic add a line to the same index of the documentation.
    awk '/^diff --git /{kept = !/ a.Documentation/} kept' "$root"/kvm-patch/upstream/0001-*.patch >"$BATS_FILE_TMPDIR/statistic.patch"
    for isa in $(isas); do
        measure "$isa" & pids+=($!)
    done
    for pid in "${pids[@]}"; do
        wait "$pid"
    done
}

isas() {
    local isa
    for isa in vmx svm; do
        [[ -z $(settings_of $isa) ]] || echo $isa
    done
}

# measure ISA: each of its settings, on a guest that stays at its end.
measure() {
    local modules job=$BATS_FILE_TMPDIR/job-$1 out=$BATS_FILE_TMPDIR/out-$1 number=0 setting
    modules=$("$root/scripts/build-kvm" --lean --isa "$1" --also "$BATS_FILE_TMPDIR/statistic.patch" \
        --kernel-build "$("$root/lab/build-kernel" --l1 "$version")/build")
    for setting in $(settings_of "$1"); do
        number=$((number + 1))
        mkdir -p "$job/runs/$number"
        ln -s "$GUEST" "$job/runs/$number/kernel"
        echo "$setting" >"$job/runs/$number/setting"
        : >"$job/runs/$number/virtio-console"
        echo record=end >"$job/runs/$number/observe"
        echo yes >"$job/runs/$number/trace"
    done
    "$root/lab/boot" --l1 "$version" --isa "$1" --job "$job" --modules "$modules" --out "$out" --limit 1200
    number=0
    for setting in $(settings_of "$1"); do
        number=$((number + 1))
        # QEMU's status 0 makes it CRASH: who is observed cannot end QEMU.
        "$EXITSCOPE" result --setting "$setting" --serial "$out/$number/serial" --status "$(<"$out/$number/status")" \
            --host "$out/$number/l1.json" --out "$out/$number" || [ $? -eq 3 ]
        mv "$out/$number" "$BATS_FILE_TMPDIR/$setting"
    done
}

setup() {
    mapfile -t chosen < <(settings | tr ' ' '\n')
    [[ -n ${chosen[0]} ]] || skip "none of its settings is chosen"
}

@test "KVM's statistic, the tracepoint and the counters agree, reason by reason" {
    for setting in "${chosen[@]}"; do
        folder=$BATS_FILE_TMPDIR/$setting
        [ "$(jq '.workloads | length' "$folder/$setting.json")" -ge 130 ]
        "$EXITSCOPE" compare --tracepoint "$folder/kvm_exit.json" "$folder/$setting.json"
        "$EXITSCOPE" compare --statistics "$folder/query-stats.json" "$folder/$setting.json"
    done
}

@test "an exit less in the statistic is a difference, and is named" {
    for setting in "${chosen[@]}"; do
        reason=10 # its bucket is the 289th but 10 (docs/emulators.md)
        [[ $setting == ept=* ]] || reason=$((0x72))
        folder=$BATS_FILE_TMPDIR/$setting
        jq --argjson reason $reason '(.return[].stats[] | select(.name == "hw_exits").value[288 - $reason]) -= 1' "$folder/query-stats.json" \
            >"$BATS_TEST_TMPDIR/less.json"
        run "$EXITSCOPE" compare --statistics "$BATS_TEST_TMPDIR/less.json" "$folder/$setting.json"
        echo "$output"
        [ "$status" -eq 1 ]
        [[ $output == "$setting: the counters and the statistic hw_exits differ:"* ]]
        [ "$(grep -c ' -1$' <<<"$output")" -eq 1 ]
        grep -q '^CPUID .* -1$' <<<"$output"
    done
}

@test "a KVM without the statistic is named, with where to get it" {
    for setting in "${chosen[@]}"; do
        folder=$BATS_FILE_TMPDIR/$setting
        jq 'del(.return[].stats[] | select(.name == "hw_exits"))' "$folder/query-stats.json" >"$BATS_TEST_TMPDIR/none.json"
        run "$EXITSCOPE" compare --statistics "$BATS_TEST_TMPDIR/none.json" "$folder/$setting.json"
        echo "$output"
        [ "$status" -eq 2 ]
        [[ $output == *"no statistic hw_exits; a KVM has it with the series kvm-patch/upstream" ]]
    done
}
