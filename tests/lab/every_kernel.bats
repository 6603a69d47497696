# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Both ways to count, on each kernel of lab/kernels that this distribution has, unchanged ones too, with the whole catalogue under
# every setting: the patched KVM with the tracepoint as its witness, and a KVM without the patch from outside. Some three minutes a
# kernel. Needs EXITSCOPE and TRACER (set by ctest), jq, the lab. EXITSCOPE_TEST_KERNELS: these kernels only. Which settings:
# settings.bash.

load settings

setup_file() {
    export root results=$BATS_FILE_TMPDIR
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    local kernel
    for kernel in $(kernels); do
        measure "$kernel" patched --witness
        measure "$kernel" unpatched --counters trace
    done
}

kernels() {
    # shellcheck source=lab/lib/kernel-table.sh
    (. "$root/lab/lib/kernel-table.sh" && printf '%s\n' "${EXITSCOPE_TEST_KERNELS:-$(kernels_here | grep -v -e '-debug$')}")
}

# Runs the whole catalogue: measure KERNEL NAME OPTION...
measure() {
    local setting options=() folder=$results/$1/$2
    mkdir -p "$folder"
    for setting in $(settings); do
        options+=(--setting "$setting")
    done
    "$EXITSCOPE" run --on lab --l1 "$1" --workloads all "${options[@]}" "${@:3}" --out "$folder" >"$folder/said" 2>"$folder/progress" ||
        echo "# $1 $2: $?" >&3
}

@test "on each kernel the counters and the tracepoint agree in every window" {
    for kernel in $(kernels); do
        cat "$results/$kernel/patched/said"
        for setting in $(settings); do
            [ "$(jq -r .verdict "$results/$kernel/patched/$setting.json")" = PASS ]
            grep -qE "^$setting: the counters and the tracepoint agree in each of 2[0-9][0-9] windows" "$results/$kernel/patched/said"
        done
    done
}

@test "on each kernel, without the patch, every workload passes or is skipped with its reason" {
    for kernel in $(kernels); do
        cat "$results/$kernel/unpatched/said"
        for setting in $(settings); do
            result=$results/$kernel/unpatched/$setting.json
            echo "$kernel $setting: $(jq -c '[.workloads[].verdict] | group_by(.) | map({(.[0]): length}) | add' "$result")" | tee /dev/fd/3
            [ "$(jq -r .verdict "$result")" = PASS ]
            [ "$(jq -r .evidence.counters.source "$result")" = trace ]
            jq -e '.evidence.host.parameters.kvm | has("exit_counters") | not' "$result"
            [ "$(jq '[.workloads[] | select(.verdict == "SKIP" and .message == "")] | length' "$result")" -eq 0 ]
        done
    done
}

@test "on each kernel both ways give the same counts" {
    for kernel in $(kernels); do
        for setting in $(settings); do
            echo "$kernel $setting"
            "$EXITSCOPE" compare --changed "$results/$kernel/patched/$setting.json" "$results/$kernel/unpatched/$setting.json"
        done
    done
}

@test "20 runs from outside report the same" {
    options=()
    for setting in $(settings); do
        options+=(--setting "$setting")
    done
    "$EXITSCOPE" run --on lab --l1 "$(small_kernel)" --counters trace --repeat 20 "${options[@]}" --out "$results/repeated" \
        >"$results/said" 2>"$results/progress" || { cat "$results/said" && false; }
    tail -n 2 "$results/said"
    grep -qx 'the same in each of 20 runs of a setting' "$results/said"
}
