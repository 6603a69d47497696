# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# The jobs of exact.bats: which runs there are, their boots, and their results; and what nested workloads may skip. Loaded by it,
# whose variables root, runs, repetitions, repetitions_of_choice and chosen_workloads it reads.
# shellcheck disable=SC2154

# Bochs' random numbers: others each time, or EXITSCOPE_LAB_SEED's. No exact count depends on them.
choose_seed() {
    export EXITSCOPE_LAB_SEED=${EXITSCOPE_LAB_SEED:-$RANDOM}
    echo "# EXITSCOPE_LAB_SEED=$EXITSCOPE_LAB_SEED" >&3
}

# Prints the kernels whose prices are listed, all but the usual one.
other_kernels() {
    (. "$root/lab/lib/kernel-table.sh" && priced_kernels | grep -vxF -e "$(small_kernel)")
}

# What needs more than one vCPU, and one workload to see that the rest is as before.
multiprocessor=cpuid,ipi,ipi_halt,tlb_shootdown,pause_loop

# What a result adds to docs/exit-prices.md that one vCPU and pages of 4 KiB do not show: KIND KEY=VALUE...
add_special_runs() {
    local job=$1 name=$2 setting=$3
    add_run "$job" "$name-vcpus-2" "$setting" "workloads=ipi,ipi_halt,tlb_shootdown" vcpus=2 marks=
    add_run "$job" "$name-huge" "$setting" "workloads=page_huge_first_touch" huge-pages=always marks=
}

# add_run JOB NAME SETTING APPEND [KEY=VALUE]...: KEY is a file of the run's folder (docs/lab-files.md).
add_run() {
    local job=$1 name=$2 setting=$3 append=$4 number run pair
    shift 4
    number=$(($(wc -l <"$job/names") + 1))
    run=$job/runs/$number
    mkdir -p "$run"
    ln -s "$GUEST" "$run/kernel"
    echo "$setting" >"$run/setting"
    : >"$run/virtio-console"
    [[ -z $append ]] || echo "$append" >"$run/append"
    for pair; do
        echo "${pair#*=}" >"$run/${pair%%=*}"
    done
    echo "$name" >>"$job/names"
}

start_job() {
    mkdir -p "$1/runs" "$1/programs"
    ln -s "$TRACER" "$1/programs/exitscope-trace"
    : >"$1/names"
}

make_job() {
    local job=$1 setting i
    shift
    start_job "$job"
    for setting; do
        for ((i = 1; i <= repetitions; i++)); do
            add_run "$job" "$setting/$i" "$setting" ""
        done
        for ((i = 1; i <= repetitions_of_choice; i++)); do
            add_run "$job" "$setting/choice-$i" "$setting" "workloads=$chosen_workloads"
        done
        add_run "$job" "$setting/traced" "$setting" "" trace=yes marks=
        add_run "$job" "$setting/observed" "$setting" "" trace=yes observe=record=end
        add_run "$job" "$setting/triple_fault" "$setting" "workloads=cpuid terminal=triple_fault" trace=yes
        add_run "$job" "$setting/vcpus-2" "$setting" "workloads=$multiprocessor" vcpus=2 marks=
        add_run "$job" "$setting/vcpus-4" "$setting" "workloads=$multiprocessor" vcpus=4 marks=
        add_run "$job" "$setting/vcpus-8" "$setting" "workloads=$multiprocessor" vcpus=8 marks=
        add_run "$job" "$setting/huge" "$setting" "" huge-pages=always
        add_special_runs "$job" "$setting/price" "$setting"
        add_run "$job" "$setting/once" "$setting" "iterations=1"
        add_run "$job" "$setting/many" "$setting" "iterations=1200 workloads=$chosen_workloads"
        [[ $setting != *=1 ]] || add_run "$job" "${setting%=1}=0/mislabelled" "${setting%=1}=0" "workloads=cpuid" "load=$setting"
    done
}

# run_job ISA SETTING...: all runs on the usual small kernel, then one a setting on each other one: results in $runs/SETTING/NAME.
run_job() {
    local isa=$1 kernel
    shift
    kernel=$(. "$root/lab/lib/kernel-table.sh" && small_kernel)
    make_job "$BATS_FILE_TMPDIR/job-$isa-$kernel" "$@"
    boot_job "$isa" "$kernel"
    for kernel in $(other_kernels); do
        local job=$BATS_FILE_TMPDIR/job-$isa-$kernel setting
        start_job "$job"
        for setting; do
            add_run "$job" "$setting/on-$kernel" "$setting" "" marks=
            add_special_runs "$job" "$setting/on-$kernel" "$setting"
        done
        boot_job "$isa" "$kernel"
    done
}

# boot_job ISA KERNEL
boot_job() {
    local isa=$1 job=$BATS_FILE_TMPDIR/job-$1-$2 out=$BATS_FILE_TMPDIR/out-$1-$2 number=0 name modules
    modules=$("$root/scripts/build-kvm" --kernel-build "$("$root/lab/build-kernel" --l1 "$2")/build")
    "$root/lab/boot" --l1 "$2" --isa "$isa" --job "$job" --modules "$modules" --out "$out" --limit 2400
    while read -r name; do
        number=$((number + 1))
        mkdir -p "$runs/${name%/*}"
        rm -rf "${runs:?}/$name"
        mv "$out/$number" "$runs/$name"
        [[ $name == */observed ]] || judge "$runs/$name" "${name%%/*}"
    done <"$job/names"
}

# Makes a run's result; its exit code goes to RUN/verdict.
judge() {
    local status=0 witness=()
    [[ ! -e $1/kvm_exit.json ]] || witness=(--kvm-exit "$1/kvm_exit.json")
    "$EXITSCOPE" result "${witness[@]}" --setting "$2" --serial "$1/serial" --status "$(<"$1/status")" --host "$1/l1.json" \
        --out "$1" >"$1/said" 2>&1 || status=$?
    echo "$status" >"$1/verdict"
}

# is_for_another SETTING WORKLOAD: whether a hypervisor's instruction is the other instruction set's, or works on nested paging, which KVM
# offers only where it uses the like itself.
is_for_another() {
    case $1:${2#nested_} in
        ept=*:clgi | ept=*:invlpga | ept=*:stgi | ept=*:svme_toggle | ept=*:vmload | ept=*:vmrun_refused | ept=*:vmsave) ;;
        npt=*:entry_refused | npt=*:inv[ev]* | npt=*:vm[cpwx]* | npt=*:vmlaunch | npt=*:vmread*) ;;
        *=0:paging_* | ept=0:invept) ;;
        *) echo "$1: nothing proves that $2 cannot be done" && false ;;
    esac
}
