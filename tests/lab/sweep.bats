# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# exitscope sweep: what a parameter changes, exactly; what was measured is not measured again. Needs EXITSCOPE, GUEST (set by ctest),
# jq, the lab.

setup_file() {
    export root out=$BATS_FILE_TMPDIR/sweep
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
}

# sweep OPTION...
sweep() {
    run "$EXITSCOPE" sweep --setting npt=1 --l1 "$(. "$root/lab/lib/kernel-table.sh" && small_kernel)" --guest "$GUEST" \
        --workloads cpuid,hlt,rdpmc,vmmcall --out "$out" "$@"
    echo "$output"
}

@test "a change that is none is named with the nearest, after the first runs" {
    sweep --change kvm.ignore_msr
    [ "$status" -eq 2 ]
    [[ $output == *'there is no change kvm.ignore_msr here; kvm.ignore_msrs=Y is the nearest'* ]]
    [ -e "$out/unchanged/npt=1.json" ]
}

@test "what a switch of the machine changes is printed, workload by workload, and what changes nothing by name" {
    sweep --change cpu=-x2apic --change kvm.ignore_msrs
    [ "$status" -eq 0 ]
    [[ $output == *$'cpu=-x2apic\n  npt=1  '*hlt* ]]
    [[ $output == *$'No workload\'s exits change with\n  kvm.ignore_msrs=Y'* ]]
    [ "$(jq -r .evidence.host.parameters.kvm.ignore_msrs "$out/kvm.ignore_msrs=Y/npt=1.json")" = Y ]
    [ "$(jq -r .evidence.host.parameters.kvm.ignore_msrs "$out/unchanged/npt=1.json")" = N ]
}

@test "what is measured is not measured again" {
    before=$(find "$out" -name '*.json' -newer "$out/made-of" -printf '%T@ %p\n' | sort)
    sweep --change cpu=-x2apic --change kvm.ignore_msrs
    [ "$status" -eq 0 ]
    [ "$(find "$out" -name '*.json' -newer "$out/made-of" -printf '%T@ %p\n' | sort)" = "$before" ]
    [[ $output != *'/1 npt=1'* ]]
}

@test "after an interruption it goes on where it was" {
    env --default-signal=INT "$EXITSCOPE" sweep --setting npt=1 --l1 "$(. "$root/lab/lib/kernel-table.sh" && small_kernel)" \
        --guest "$GUEST" --workloads cpuid,hlt,rdpmc,vmmcall --out "$out" --change kvm_amd.pause_filter_count \
        --change kvm_amd.dump_invalid_vmcb --change kvm_amd.vls --change kvm_amd.nested >"$BATS_TEST_TMPDIR/said" 2>&1 &
    pid=$!
    until grep -q '1/4 npt=1 ' "$BATS_TEST_TMPDIR/said"; do
        kill -0 $pid
        sleep 0.2
    done
    kill -INT $pid
    status=0
    wait $pid || status=$?
    cat "$BATS_TEST_TMPDIR/said"
    [ "$status" -eq 130 ]
    sweep --change kvm_amd.pause_filter_count --change kvm_amd.dump_invalid_vmcb --change kvm_amd.vls --change kvm_amd.nested
    [ "$status" -eq 0 ]
    [[ $output =~ 1/([0-9])\ npt=1 ]]
    [ "${BASH_REMATCH[1]}" -lt 4 ]
}

@test "a parameter that KVM puts back is told apart from one that changes nothing" {
    sweep --change kvm_amd.vls
    [ "$status" -eq 0 ]
    [[ $output == *$'KVM keeps its own value'*$'\n  kvm_amd.vls=1 (npt=1)'* || $output == *$'change with\n  kvm_amd.vls='* ]]
}

@test "a sweep of something else is not mixed in" {
    run "$EXITSCOPE" sweep --setting npt=1 --l1 "$(. "$root/lab/lib/kernel-table.sh" && small_kernel)" --guest "$GUEST" \
        --workloads cpuid --out "$out"
    echo "$output"
    [ "$status" -eq 2 ]
    [[ $output == *'holds a sweep of something else'* ]]
}
