# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# The inner Linux: `exitscope linux` under all settings, its phases seen from the host, and exitstat within it. Needs jq
# and cpuid.

bats_require_minimum_version 1.5.0

load settings
load inner_linux

setup_file() {
    export root runs chosen
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    runs=$BATS_FILE_TMPDIR
    chosen=${EXITSCOPE_TEST_SETTINGS:-ept=1 ept=0 npt=1 npt=0}
    # There a Linux cannot run: docs/emulators.md.
    (. "$root/lab/lib/emulators.sh" && ! cr3_reads_are_lost) || chosen=${chosen/npt=0/}
    local l1 options=() setting isa
    l1=$(small_kernel)
    for setting in $chosen; do
        options+=(--setting "$setting")
    done
    "$EXITSCOPE" linux "${options[@]}" --on lab --l1 "$l1" --witness --out "$runs/one" >"$runs/said" 2>"$runs/progress" || {
        cat "$runs/said" "$runs/progress"
        return 1
    }
    # shellcheck disable=SC2034 # inner_linux.bash reads both
    inner=$("$root/lab/build-inner" "${EXITSCOPE%/*}/../exitstat/exitstat")
    kernel=$("$root/lab/build-kernel" --l1 "$l1")
    # shellcheck disable=SC2034
    modules=$("$root/scripts/build-kvm" --kernel-build "$kernel/build")
    boot_job svm &
    boot_job vmx
    measure_more
    wait $!
}

# What is measured beside: Bochs' part once more, each run at its place in an equal job; and a KVM without counters of the same
# kernel, under two-dimensional paging.
measure_more() {
    measure two 'ept=*' --witness
    measure unpatched '*=1' --counters trace
}

# measure NAME PATTERN OPTION...: the settings chosen that fit the pattern; results will be in $runs/NAME.
measure() {
    local options=() setting
    for setting in $chosen; do
        # shellcheck disable=SC2053 # a pattern
        [[ $setting != $2 ]] || options+=(--setting "$setting")
    done
    ((${#options[@]} == 0)) || "$EXITSCOPE" linux "${options[@]}" --on lab --l1 "$l1" "${@:3}" --out "$runs/$1" >"$runs/said-of-$1" 2>&1 || {
        cat "$runs/said-of-$1"
        return 1
    }
}

@test "each setting is PASS, and the tables have all phases" {
    cat "$runs/said"
    for setting in $chosen; do
        [ "$(jq -r .verdict "$runs/one/$setting.json")" = PASS ]
        [ "$(jq -r '[.workloads[].name] | join(" ")' "$runs/one/$setting.json")" = "boot nothing fork touch file print sleep" ]
    done
    grep -q '^boot     all ' "$runs/said"
}

@test "no two-dimensional reason under shadow paging, and no reason of shadow paging under two-dimensional" {
    for setting in $chosen; do
        case $setting in
            ept=0) none='["48","49","62"]' some='["0","14","28"]' ;;
            npt=0) none='["0x400"]' some='["0x4e","0x79","0x13"]' ;;
            ept=1) none='["14","58"]' some='["48"]' ;;
            npt=1) none='["0x4e","0x79","0x3","0x13"]' some='["0x400"]' ;;
        esac
        jq -e --argjson none "$none" '[.workloads[].exits[$none[]] // 0] | add == 0' "$runs/one/$setting.json"
        jq -e --argjson some "$some" '[.workloads[] | select(.name == "fork") | .exits[$some[]]] | all(. > 0)' "$runs/one/$setting.json"
    done
}

@test "CPUID, HLT and I/O of the phases do not depend on the paging" {
    for pair in "10 12 30 ept" "0x72 0x78 0x7b npt"; do
        read -r cpuid hlt io parameter <<<"$pair"
        [[ " $chosen " == *" $parameter=1 $parameter=0 "* ]] || continue
        untimed='del(.boot)'
        [[ $parameter == ept ]] || untimed='del(.boot) | del(.sleep[1])'
        diff <(exits "$runs/one/$parameter=1.json" "$cpuid" "$hlt" "$io" | jq "$untimed") \
            <(exits "$runs/one/$parameter=0.json" "$cpuid" "$hlt" "$io" | jq "$untimed")
    done
}

# One HLT a tick of 10 ms. Under TCG time is the machine's: two ticks are one HLT where L1 loses its core for a tick, or
# where the tick comes after STI and before HLT (TCG's VMRUN loses the interrupt shadow). It is never more than the ticks.
@test "a second of sleep is 100 HLTs, under TCG less by the ticks that were late" {
    for setting in $chosen; do
        hlts=$(exits "$runs/one/$setting.json" 12 0x78 | jq '.sleep | add')
        echo "$setting: $hlts"
        case $setting in
            ept=*) [ "$hlts" -eq 100 ] ;;
            npt=*) ((50 <= hlts && hlts <= 101)) ;;
        esac
    done
}

# Bochs' clock counts instructions, and lab/lib/fixed-seed.c makes its random numbers the same: nothing else is left to chance.
@test "in Bochs two runs are equal in every phase and reason, the boot's CPUID, I/O and MSR and all noise too" {
    for setting in $chosen; do
        [[ $setting == ept=* ]] || continue
        exits "$runs/one/$setting.json" 10 30 31 32 | jq -e '.fork[0] == 2222 and (.boot | all(. > 0))'
        diff <(jq '.workloads[] | {name, total, exits, noise, cycles}' "$runs/one/$setting.json") \
            <(jq '.workloads[] | {name, total, exits, noise, cycles}' "$runs/two/$setting.json")
        # Noise stands apart: external interrupts and the preemption timer.
        jq -e '[.workloads[] | .exits["1", "52"]] | all(. == null)' "$runs/one/$setting.json"
        jq -e '[.workloads[] | .noise["1"]] | add > 0' "$runs/one/$setting.json"
    done
}

@test "the counters and the tracepoint agree in each phase, reason by reason" {
    for setting in $chosen; do
        grep -qx "$setting: the counters and the tracepoint agree in each of 7 phases" "$runs/said"
    done
}

@test "counted from outside, an unpatched KVM has the same CPUID and I/O in each phase" {
    for setting in $chosen; do
        [[ $setting == *=1 ]] || continue
        jq -e '.verdict == "PASS" and .evidence.counters.source == "trace" and (.evidence.host.parameters.kvm | has("exit_counters") | not)' \
            "$runs/unpatched/$setting.json"
        diff <(exits "$runs/one/$setting.json" 10 30 0x72 0x7b | jq 'del(.boot)') \
            <(exits "$runs/unpatched/$setting.json" 10 30 0x72 0x7b | jq 'del(.boot)')
    done
}

# Where programs lie in memory changes page faults by a few, so those in the document may be of an older build.
@test "docs/experiment-tables.md has this CPUID and I/O of each phase" {
    for setting in $chosen; do
        reasons=(10 30) names=(CPUID IO_INSTRUCTION)
        [[ $setting == ept=* ]] || reasons=(0x72 0x7b) names=(CPUID IOIO)
        diff <(exits "$runs/one/$setting.json" "${reasons[@]}" | jq -Sc 'del(.boot)') <(documented "$setting" "${names[@]}" | jq -Sc 'del(.boot)')
    done
}

# Another job, another end, and the tracepoint's cost beside it. The boot's I/O now differs: Linux reads the PIT for a fixed
# time to measure its TSC (arch/x86/kernel/tsc.c, quick_pit_calibrate()), as often as the time allows.
@test "in Bochs CPUID and MSR exits do not change while they are traced, nor I/O after the boot" {
    for setting in $chosen; do
        [[ $setting == ept=* ]] || continue
        diff <(exits "$runs/one/$setting.json" 10 31 32) <(console_exits "$runs/observed-$setting/serial" 10 31 32)
        diff <(exits "$runs/one/$setting.json" 30 | jq 'del(.boot)') \
            <(console_exits "$runs/observed-$setting/serial" 30 | jq 'del(.boot)')
    done
}

@test "100 programs make 100 times the CPUIDs of one" {
    for setting in $chosen; do
        jq -e '[.workloads[] | {(.name): (.exits["10"] // .exits["0x72"])}] | add | .fork == 101 * .nothing' "$runs/one/$setting.json"
    done
}

# The machine halts when it is done, so nothing exits while it is looked at.
@test "of the whole boot the tracepoint counts the same, reason by reason, noise included" {
    for setting in $chosen; do
        run=$runs/observed-$setting
        [ ! -e "$run/error" ] || cat "$run/error"
        view=$(jq -nRS '[inputs | split(" ") | select(.[0] != "total") | {(.[0]): (.[1] | tonumber)}] | add' "$run/vcpu0.exit_counters")
        echo "$setting $view" | tr -d '\n '
        diff <(echo "$view") <(jq -S .counts "$run/kvm_exit.json")
        # And it is the machine that the phases were counted in: none of them has more.
        phases=$(tr -d '\r' <"$run/serial" | grep -o '{"exitstat".*' | jq -s 'map(.total) | add')
        [ "$phases" -gt 1000 ]
        [ "$(jq add <<<"$view")" -ge "$phases" ]
    done
}

@test "all four take at most six minutes" {
    seconds=$(sed -n 's/^\([0-9]*\) s in all: .*/\1/p' "$runs/progress")
    cat "$runs/progress"
    [ "$seconds" -le 360 ]
}

needs_tools() {
    [[ " $chosen " == *" npt=1 "* ]] || skip "npt=1 is not among the settings"
    [ "$(<"$runs/tools/status")" -eq 0 ]
}

@test "Debian's cpuid gives the documented results from inside" {
    needs_tools
    said tools total
    said tools cpuids
    said tools undefined
    before=$(said tools before | grep exitstat | jq '.reasons[] | select(.name == "CPUID").exits')
    after=$(said tools after | grep exitstat | jq '.reasons[] | select(.name == "CPUID").exits')
    total_before=$(said tools before | grep exitstat | jq .total)
    total_after=$(said tools after | grep exitstat | jq .total)
    read -r eax rest < <(said tools cpuids | sed -n 's/.*0x72: eax=\(0x[0-9a-f]*\) \(.*\)/\1 \2/p')
    ((before < eax && eax < after))
    [ "${rest% }" = "ebx=0x00000000 ecx=0x00000000 edx=0x00000000" ]
    read -r eax edx < <(said tools total | sed -n 's/.* eax=\(0x[0-9a-f]*\) .* edx=\(0x[0-9a-f]*\).*/\1 \2/p')
    ((edx == 0 && total_before < eax && eax < total_after))
    said tools undefined | grep -q 'eax=0x00000000 ebx=0x00000000 ecx=0x00000000 edx=0xffffffff'
}

@test "exitstat shows what was counted so far, live, and around a command" {
    needs_tools
    said tools text
    said tools text | grep -qx 'Exits of this vCPU so far (SVM, counters: exitscope, two-dimensional paging)'
    said tools text | grep -qE '^CPUID +0x72 +[0-9]+ +[0-9.]+% +[0-9]+ +[0-9]+$'
    said tools all | grep exitstat | jq -e '(.reasons | length) > 150 and ([.reasons[].exits] | add) == .total'
    [ "$(said tools interval | grep -c exitstat)" -eq 2 ]
    # An idle machine: nothing but its ticks.
    said tools interval | grep exitstat | jq -e 'all(.reasons[]; .name | IN("HLT", "NPF", "INTR", "VINTR"))'
    said tools command | grep exitstat | jq -e '.name == "seven" and (.since_creation | not) and
        ([.reasons[] | select(.name == "CPUID").exits] == [33])'
    [ "$(status_of tools command)" -eq 7 ]
    [ "$(status_of tools signal)" -eq 143 ]
}

@test "exitstat says what is wrong, with an exit code" {
    needs_tools
    for expected in "missing 127 exitstat: /nonexistent: No such file" "directory 126 exitstat: /proc: Permission denied" \
        "vcpu 2 exitstat: no CPU 9 for this process" "usage 2 exitstat: --count goes with --interval" \
        "full 1 exitstat: the output could not be written: No space left" "help 0 Usage: exitstat"; do
        read -r name status words <<<"$expected"
        said tools "$name"
        [ "$(status_of tools "$name")" -eq "$status" ]
        said tools "$name" | grep -qF "$words"
    done
}

@test "where the guest's kernel only may read, exitstat and cpuid get what a stock KVM returns, and exitstat says what to do" {
    needs_tools
    said kernel_only text
    [ "$(status_of kernel_only text)" -eq 3 ]
    said kernel_only text | grep -qF 'has to be 2 there'
    said kernel_only total | grep -q 'eax=0x00000000 ebx=0x00000000 ecx=0x00000000 edx=0x00000000'
}
