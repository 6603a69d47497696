# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# The main job's facts, in the lab: the whole catalogue exact, and the same in each run; the README's choice of it equal
# in 20 runs; the tracepoint agrees; a wrong label is caught. One boot of L1 per instruction set holds all runs on the default kernel;
# both instruction sets stand side by side. What all settings show together is exact_tables.bats'.
# Needs GUEST and EXITSCOPE (set by ctest), jq, the lab. Which settings: settings.bash.
# EXITSCOPE_TEST_RESULTS: where the results stay (default: they do not).
# EXITSCOPE_TEST_REPETITIONS: how many runs of the whole catalogue (default: 1; half a minute each in Bochs).
# EXITSCOPE_TEST_CHOICE_REPETITIONS: how many of the choice (default: 20).

repetitions=${EXITSCOPE_TEST_REPETITIONS:-1}
repetitions_of_choice=${EXITSCOPE_TEST_CHOICE_REPETITIONS:-20}

load settings
load exact

setup_file() {
    export root runs
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    runs=${EXITSCOPE_TEST_RESULTS:-$BATS_FILE_TMPDIR/runs}
    chosen_workloads=$(sed -n '/^| workload |/,/^$/s/^| `\([a-z0-9_]*\)`.*/\1/p' "$root/README.md" | paste -sd ,)
    choose_seed
    local isa setting pids=() pid
    "$root/lab/build-image" "$("$root/lab/build-kernel" --l1 "$(small_kernel)")" >/dev/null
    for setting in $(settings); do
        rm -rf "${runs:?}/$setting"
    done
    for isa in vmx svm; do
        # shellcheck disable=SC2046 # several words
        [[ -z $(settings_of $isa) ]] || { run_job $isa $(settings_of $isa) & pids+=($!); }
    done
    for pid in "${pids[@]}"; do
        wait "$pid"
    done
}

setup() {
    [[ -n $(settings) ]] || skip "none of its settings is chosen"
    mapfile -t chosen < <(tr ' ' '\n' <<<"$(settings)")
}

# exits SETTING WORKLOAD: the exact exits of the first run, as compact JSON.
exits() {
    jq -c --arg name "$2" '.workloads[] | select(.name == $name).exits' "$runs/$1/1/$1.json"
}

# expect_exits SETTING WORKLOAD JSON
expect_exits() {
    [[ " $(settings) " == *" $1 "* ]] || return 0
    echo "$1 $2: expected $3, found $(exits "$1" "$2")"
    [ "$(exits "$1" "$2")" = "$3" ]
}

@test "every run of every setting is PASS" {
    for setting in "${chosen[@]}"; do
        for run in "$runs/$setting"/{[0-9]*,choice-*,traced,vcpus-*,huge,price-*,once,many,on-*}; do
            [ "$(<"$run/verdict")" -eq 0 ] || { echo "$run, seed $EXITSCOPE_LAB_SEED" && cat "$run/said" && false; }
        done
    done
}

@test "all runs of a setting give the same report" {
    for setting in "${chosen[@]}"; do
        [ "$(find "$runs/$setting"/[0-9]* -name "$setting.ktap" | wc -l)" -eq "$repetitions" ]
        "$EXITSCOPE" compare --reports "$runs/$setting"/{[0-9]*,traced}/"$setting.ktap"
        [ "$(find "$runs/$setting"/choice-* -name "$setting.ktap" | wc -l)" -eq "$repetitions_of_choice" ]
        "$EXITSCOPE" compare --reports "$runs/$setting"/choice-*/"$setting.ktap"
    done
}

@test "CPUID x 100 costs 100, nothing costs nothing, and so does what KVM passes through" {
    for setting in ept=1 ept=0; do
        expect_exits "$setting" cpuid '{"10":100}'
    done
    for setting in npt=1 npt=0; do
        expect_exits "$setting" cpuid '{"0x72":100}'
    done
    for setting in "${chosen[@]}"; do
        for workload in empty rdmsr_no_exit wrmsr_no_exit page_second_touch; do
            expect_exits "$setting" "$workload" '{}'
        done
    done
}

@test "100 fresh pages cost 100 EPT violations, 100 nested page faults, or 100 page faults" {
    expect_exits ept=1 page_first_touch '{"48":100}'
    expect_exits ept=0 page_first_touch '{"0":100}'
    expect_exits npt=1 page_first_touch '{"0x400":100}'
    expect_exits npt=0 page_first_touch '{"0x4e":100}'
}

@test "CR3 writes and INVLPG cost nothing under two-dimensional paging, one exit each under shadow" {
    for workload in cr3_write invlpg; do
        expect_exits ept=1 "$workload" '{}'
        expect_exits npt=1 "$workload" '{}'
    done
    expect_exits ept=0 cr3_write '{"28":100}'
    expect_exits npt=0 cr3_write '{"0x13":100}'
    expect_exits ept=0 invlpg '{"14":100}'
    expect_exits npt=0 invlpg '{"0x79":100}'
}

# vm_exits SETTING RUN WORKLOAD: the exits of all vCPUs.
vm_exits() {
    jq -c --arg name "$3" '.workloads[] | select(.name == $name).vm_exits' "$runs/$1/$2/$1.json"
}

@test "with 2 and 4 vCPUs the counts of the one that measures and of all are exact" {
    for setting in "${chosen[@]}"; do
        hlt=12 wrmsr=32 invlpg=14
        [[ $setting == ept=* ]] || hlt=0x78 wrmsr=0x7c invlpg=0x79
        for vcpus in 2 4 8; do
            result=$runs/$setting/vcpus-$vcpus/$setting.json
            [ "$(jq .vcpus "$result")" -eq $vcpus ]
            [ "$(vm_exits "$setting" vcpus-$vcpus ipi)" = "{\"$wrmsr\":10}" ]
            [ "$(vm_exits "$setting" vcpus-$vcpus ipi_halt)" = "{\"$hlt\":100,\"$wrmsr\":200}" ]
            flushes=$(jq -cn --arg key $invlpg --argjson count $((3 * (vcpus - 1))) '{($key): $count}')
            [[ $setting == *=0 ]] || flushes='{}'
            jq -e --argjson flushes "$flushes" --arg wrmsr $wrmsr --argjson writes $((3 * vcpus)) \
                '.workloads[] | select(.name == "tlb_shootdown").vm_exits == $flushes + {($wrmsr): $writes}' "$result"
        done
    done
}

@test "with huge pages on the host 2 MiB cost one fault, and nothing else fails" {
    for setting in "${chosen[@]}"; do
        result=$runs/$setting/huge/$setting.json
        [ "$(jq -r .evidence.counters.backing "$result")" = larger ]
        [ "$(jq '.workloads[] | select(.name == "page_huge_first_touch").exits | add' "$result")" -eq 4 ]
        [ "$(jq -r .evidence.counters.backing "$runs/$setting/1/$setting.json")" = 4k ]
    done
}

# tcg_is_of FROM BEFORE SETTING: whether the run's emulator was a QEMU of these versions.
tcg_is_of() {
    local emulator
    emulator=$(jq -r .provenance.emulator "$runs/$3/1/$3.json")
    echo "$3: $emulator"
    [[ $emulator =~ ^qemu-tcg\ ([0-9.]+) ]]
    printf '%s\n' "$1" "${BASH_REMATCH[1]}" "$2" | sort -VC
}

# What may be skipped is listed, with what proves it on the side of the host.
@test "what is skipped cannot be done there" {
    for setting in "${chosen[@]}"; do
        flags=" $(sed -n 's/^flags[^:]*: //p;T;q' "$runs/$setting/1/cpuinfo") "
        while read -r name; do
            case $setting:$name in
                *:rdseed) [[ $flags != *" rdseed "* ]] ;;
                *:ipi | *:ipi_halt | *:tlb_shootdown) [ "$(jq .vcpus "$runs/$setting/1/$setting.json")" -eq 1 ] ;;
                *:page_huge_first_touch) [ "$(jq -r .evidence.counters.backing "$runs/$setting/1/$setting.json")" = 4k ] ;;
                ept=*:vmmcall | npt=*:vmcall) ;; # the other instruction set's
                ept=*:nested_* | npt=*:nested_*) is_for_another "$setting" "$name" ;;
                npt=*:self_ipi_illegal) ;;       # it would change what CR8 costs from then on: the workload's file
                npt=*:cr4_vme_toggle) [[ $flags != *" vme "* ]] ;;
                npt=*:invpcid_*) [[ $flags != *" invpcid "* ]] ;;
                # Faults of QEMU's TCG: docs/emulators.md.
                npt=*:cr8_write | npt=*:tpr_threshold) tcg_is_of 0 999 "$setting" ;;
                npt=*:xsetbv) tcg_is_of 0 9.1 "$setting" ;;
                npt=*:cr4_read | npt=0:cr3_read) tcg_is_of 9.1 999 "$setting" ;;
                *) echo "$setting: nothing proves that $name cannot be done" && false ;;
            esac
        done < <(jq -r '.workloads[] | select(.verdict == "SKIP").name' "$runs/$setting/1/$setting.json")
    done
}

@test "under shadow paging no reason of two-dimensional paging occurs, from the first instruction on" {
    for setting in "${chosen[@]}"; do
        [[ $setting == *=0 ]] || continue
        for result in "$runs/$setting"/{[0-9]*,traced,once,many}/"$setting.json"; do
            jq -e '[.final.exits, .workloads[].exits] | all(has("48") or has("49") or has("0x400") | not)' "$result"
        done
    done
}

@test "the kvm_exit tracepoint counted the same, reason by reason" {
    for setting in "${chosen[@]}"; do
        "$EXITSCOPE" compare --tracepoint "$runs/$setting/traced/kvm_exit.json" "$runs/$setting/traced/$setting.json"
    done
}

# Both witnesses see the same exits between the same two CPUIDs of the guest, so noise is equal, too.
@test "in every window, on every kernel, with 1, 2 and 4 vCPUs, the trace counter counted the same, reason by reason" {
    for setting in "${chosen[@]}"; do
        for run in "$runs/$setting"/{traced,vcpus-2,vcpus-4,vcpus-8,price-*,on-*}; do
            echo "$run"
            "$EXITSCOPE" compare --marks "$run/marks.jsonl" "$run/$setting.json"
        done
        run "$EXITSCOPE" compare --marks "$runs/$setting/traced/marks.jsonl" "$runs/$setting/traced/$setting.json"
        [[ $output =~ ^$setting:\ the\ counters\ and\ the\ tracepoint\ agree\ in\ each\ of\ ([0-9]+)\ windows ]]
        [ "${BASH_REMATCH[1]}" -ge 220 ]
    done
}

# The guest stands still when all of these are read, so noise is equal as well. `final` and what the guest knows to come
# after it leave out the interrupts that came while it printed the end, and the HLT with which it then waits for ever.
@test "seen from the host, at rest: tracepoint, counters and their total are equal, noise included" {
    for setting in "${chosen[@]}"; do
        run=$runs/$setting/observed
        cat "$run/vcpu0.exit_counters"
        host_view=$(jq -nRS '[inputs | split(" ") | select(.[0] != "total") | {(.[0]): (.[1] | tonumber)}] | add' "$run/vcpu0.exit_counters")
        diff <(echo "$host_view") <(jq -S .counts "$run/kvm_exit.json")
        [ "$(jq add <<<"$host_view")" -eq "$(sed -n 's/^total \([0-9]*\) .*/\1/p' "$run/vcpu0.exit_counters")" ]
        diff <(grep -v '^# vary' "$run/serial" | sed -n '/^KTAP/,$p') <(grep -v '^# vary' "$runs/$setting/1/$setting.ktap" | sed -n '/^KTAP/,$p')
    done
}

@test "a triple fault ends the machine, with one exit that only the host can count" {
    for setting in "${chosen[@]}"; do
        run=$runs/$setting/triple_fault
        cat "$run/said"
        [ "$(<"$run/verdict")" -eq 0 ]
        [ "$(<"$run/status")" -eq 0 ]
        [ "$(jq '.counts["2"] // .counts["0x7f"]' "$run/kvm_exit.json")" -eq 1 ]
        grep -q 'record=terminal workload=triple_fault expected\.\(2\|0x7f\)=1 ' "$run/serial"
    done
}

@test "KVM serves port 0x21 in the kernel and leaves port 0x80 to user space" {
    for setting in "${chosen[@]}"; do
        result=$runs/$setting/1/$setting.json reason=30
        [[ $setting == ept=* ]] || reason=0x7b
        # Where another task of L1 has the CPU for a moment, that is not in the kernel's part either: 1 % were seen, of a busy machine.
        # User space takes a quarter and more.
        jq -e --arg reason $reason '.workloads[] | select(.name == "port_in") | .kernel_cycles[$reason] > 0.9 * .cycles[$reason]' "$result"
        jq -e --arg reason $reason '.workloads[] | select(.name == "port_out") | .kernel_cycles[$reason] < 0.9 * .cycles[$reason]' "$result"
    done
}

@test "a run whose host was set up otherwise than asked for is ERROR and says why" {
    [[ " $(settings) " == *" ept=1 "* ]] && found='asked for ept=0.*ept=Y.*two-dimensional' setting=ept=0
    if [[ -v setting ]]; then
        run cat "$runs/$setting/mislabelled/said"
        [ "$(<"$runs/$setting/mislabelled/verdict")" -eq 2 ]
        [[ $output =~ $found ]]
    fi
    if [[ " $(settings) " == *" npt=1 "* ]]; then
        run cat "$runs/npt=0/mislabelled/said"
        [ "$(<"$runs/npt=0/mislabelled/verdict")" -eq 2 ]
        [[ $output =~ asked\ for\ npt=0.*npt=.*two-dimensional ]]
    fi
}
