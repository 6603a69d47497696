# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# More than a million exits (million.S) under each setting, and an eighth of that on each other kernel, counted by five that do not
# know of each other: the counters of each reason and their total, as the host sees them; KVM's own statistic `exits`; the kvm_exit
# tracepoint for each reason; and the kvm_entry tracepoint. All are read while the guest rests, so all are equal, noise
# included, but for one case, the last of these:
#
# Where KVM's own stand, in 6.1.192 and in 6.12.117:
# - `exits` counts at the end of vcpu_enter_guest(), and in its inner loop each re-entry of the fast path.
# - The tracepoint stands before the fast path: vmx_vcpu_run(), and from 6.4 on svm_vcpu_run(). In 6.1 it stands in
#   svm_handle_exit(), after it, and misses a re-entry. But 6.1 re-enters for IA32_TSC_DEADLINE only (x2APIC's ICR leaves
#   the loop), and only with a timer of the hardware (kvm_can_use_hv_timer()), which SVM has none of. So it misses nothing.
# - On VMX that timer is there (the preemption timer), and each round of the guest holds such a re-entry.
# - With ept=0 there is no unrestricted guest: KVM emulates the firmware's real mode where VMX would refuse the state, and
#   `exits` also counts each vmx_vcpu_run() that returns at once for that (emulation_required; 199 were seen on 6.1). No
#   hardware exit, no tracepoint, no count. How many depends on L1's ticks, which interrupt the emulation. kvm_entry stands
#   after that return: it says how often the hardware was entered, and each entry has one exit.
#
# Needs jq, the lab. Which settings: settings.bash. Some minutes.

load settings

# What a round needs of an emulator's time is the same on each kernel, and so is what it may find: more of them look for counts that
# go wrong with their size, which one kernel shows. rounds_on L1
rounds_on() {
    if [[ $1 == "$(small_kernel)" ]]; then
        echo 125000
    else
        echo 16000
    fi
}

# Prints the kernels that serve all four settings.
kernels() {
    (. "$root/lab/lib/kernel-table.sh" && priced_kernels)
}

# run_job ISA L1: one boot, a run for each setting; results in $runs/L1/SETTING.
run_job() {
    local isa=$1 l1=$2 job=$BATS_FILE_TMPDIR/job-$1-$2 out=$BATS_FILE_TMPDIR/out-$1-$2 number=0 setting run modules
    for setting in $(settings_of "$isa"); do
        number=$((number + 1))
        run=$job/runs/$number
        mkdir -p "$run"
        ln -s "$guest-$l1" "$run/kernel"
        echo "$setting" >"$run/setting"
        echo yes >"$run/trace"
        echo 'done' >"$run/observe"
        echo 900 >"$run/timeout"
    done
    modules=$("$root/scripts/build-kvm" --kernel-build "$("$root/lab/build-kernel" --l1 "$l1")/build")
    "$root/lab/boot" --l1 "$l1" --isa "$isa" --job "$job" --modules "$modules" --out "$out" --limit 2800
    number=0
    mkdir -p "$runs/$l1"
    for setting in $(settings_of "$isa"); do
        number=$((number + 1))
        mv "$out/$number" "$runs/$l1/$setting"
    done
    [ ! -s "$out/splats" ]
}

setup_file() {
    export root runs guest
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    runs=$BATS_FILE_TMPDIR/runs
    guest=$BATS_FILE_TMPDIR/million
    local isa l1 pids=() pid
    for l1 in $(kernels); do
        gcc -m32 -nostdlib -static -Wl,-Ttext=0x100000,--build-id=none "-DROUNDS=$(rounds_on "$l1")" -o "$guest-$l1" \
            "$BATS_TEST_DIRNAME/million.S"
    done
    for isa in vmx svm; do
        [[ -z $(settings_of $isa) ]] || { run_jobs $isa & pids+=($!); }
    done
    for pid in "${pids[@]}"; do
        wait "$pid"
    done
}

run_jobs() {
    local l1
    for l1 in $(kernels); do
        run_job "$1" "$l1"
    done
}

setup() {
    [[ -n $(settings) ]] || skip "none of its settings is chosen"
    mapfile -t chosen < <(for l1 in $(kernels); do for setting in $(settings); do echo "$runs/$l1/$setting"; done; done)
}

# The host view of a run as {"REASON":EXITS,...}.
host_view() {
    jq -nRS '[inputs | split(" ") | select(.[0] != "total") | {(.[0]): (.[1] | tonumber)}] | add' "$1/vcpu0.exit_counters"
}

host_total() {
    sed -n 's/^total \([0-9]*\) .*/\1/p' "$1/vcpu0.exit_counters"
}

@test "each run made its million exits, or its eighth, with each of its instructions" {
    for run in "${chosen[@]}"; do
        cat "$run/vcpu0.exit_counters"
        l1=$(basename "$(dirname "$run")")
        rounds=$(rounds_on "$l1")
        [ "$(host_total "$run")" -gt $((8 * rounds)) ]
        [[ $l1 != "$(small_kernel)" ]] || [ "$(host_total "$run")" -gt 1000000 ]
        if [[ $run == */ept=* ]]; then
            wanted="{\"10\":$((3 * rounds)),\"30\":$((rounds + rounds / 64)),\"31\":$rounds,\"32\":$((3 * rounds))}"
        else
            wanted="{\"0x72\":$((3 * rounds)),\"0x7b\":$((rounds + rounds / 64)),\"0x7c\":$((4 * rounds))}"
        fi
        # The firmware's own exits come on top; they are some thousand.
        host_view "$run" | jq -e --argjson wanted "$wanted" '. as $found | $wanted | to_entries |
            all($found[.key] >= .value and $found[.key] < .value + 5000)'
    done
}

@test "on VMX the timer is there for which the fast path re-enters" {
    [[ -n $(settings_of vmx) ]] || skip "no setting of VMX is chosen"
    for run in "${chosen[@]}"; do
        [[ $run != */ept=* ]] || jq -e '.parameters.kvm_intel.preemption_timer == "Y"' "$run/l1.json"
    done
}

@test "the sum over the reasons is the total" {
    for run in "${chosen[@]}"; do
        echo "$run"
        [ "$(host_view "$run" | jq add)" -eq "$(host_total "$run")" ]
    done
}

@test "each entry had one exit" {
    for run in "${chosen[@]}"; do
        echo "$run: $(<"$run/kvm_entries") entries, $(host_total "$run") exits"
        [ "$(<"$run/kvm_entries")" -eq "$(host_total "$run")" ]
    done
}

@test "KVM's own statistic is the total, but for the passes in which it did not enter" {
    for run in "${chosen[@]}"; do
        exits=$(jq '.return[0].stats[] | select(.name == "exits").value' "$run/query-stats.json")
        not_entered=$((exits - $(<"$run/kvm_entries")))
        echo "$run: $exits of $(host_total "$run"), $not_entered passes without an entry"
        if [[ $run == */ept=0 ]]; then
            [ "$not_entered" -gt 0 ]
        else
            [ "$not_entered" -eq 0 ]
        fi
    done
}

@test "the tracepoint counted each reason as often" {
    for run in "${chosen[@]}"; do
        echo "$run"
        diff <(host_view "$run") <(jq -S .counts "$run/kvm_exit.json")
    done
}
