# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# KVMs that differ in what docs/kvm-features.md lists. Parameters that the oracles are not for: a count that differs names them,
# and so does a table where none differs. Features of the CPU: the oracles follow them.
# Which settings: settings.bash. Needs jq.

load settings

bats_require_minimum_version 1.5.0

setup_file() {
    export root runs chosen
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    runs=$BATS_FILE_TMPDIR
    chosen=$(settings)
    local l1 kernel modules isa boots=() boot
    l1=$(small_kernel)
    kernel=$("$root/lab/build-kernel" --l1 "$l1")
    modules=$("$root/scripts/build-kvm" --kernel-build "$kernel/build")
    add_run caching ept=1 mmio_read,mmio_first_read kvm-parameters=mmio_caching=0
    add_run forced ept=1 page_first_touch,page_execute kvm-parameters=nx_huge_pages=force
    add_run backdoor npt=1 gp_no_exit,cpuid kvm-parameters=enable_vmware_backdoor=1
    add_run polling npt=1 hlt,hlt_timer kvm-parameters=halt_poll_ns=0
    add_run gif npt=1 stgi,clgi,nmi,nmi_window
    add_run no_gif npt=1 stgi,clgi vendor-parameters=vgif=0
    for isa in vmx svm; do
        boot_job "$isa" "$modules" &
        boots+=($!)
    done
    for boot in "${boots[@]}"; do
        wait "$boot"
    done
    [[ " $chosen " == *" npt=1 "* ]] || return 0
    modules=$("$root/scripts/build-kvm" --kernel-build "$kernel/build" --isa svm --also "$root/tests/lab/virtual_nmi.patch")
    add_run nmi npt=1 nmi,nmi_window job=virtual_nmi
    boot_job virtual_nmi "$modules"
}

# add_run NAME SETTING WORKLOADS [KEY=VALUE]...: results will be in $runs/NAME; nothing for a setting that is not chosen. The run
# is one of the job of that setting, or of the one that job=NAME names.
add_run() {
    local name=$1 setting=$2 workloads=$3 job=vmx run number pair
    [[ " $chosen " == *" $setting "* ]] || return 0
    [[ $setting == ept* ]] || job=svm
    shift 3
    [[ ${1:-} != job=* ]] || { job=${1#job=} && shift; }
    mkdir -p "$runs/job-$job/runs"
    number=$(($(find "$runs/job-$job/runs" -mindepth 1 -maxdepth 1 | wc -l) + 1))
    run=$runs/job-$job/runs/$number
    mkdir "$run"
    ln -s "$GUEST" "$run/kernel"
    echo "$setting" >"$run/setting"
    echo "workloads=$workloads" >"$run/append"
    : >"$run/virtio-console"
    for pair; do
        echo "${pair#*=}" >"$run/${pair%%=*}"
    done
    ln -s "out-$job/$number" "$runs/$name"
}

# boot_job NAME MODULES
boot_job() {
    local isa=svm
    [[ $1 != vmx ]] || isa=vmx
    [[ ! -d $runs/job-$1 ]] || "$root/lab/boot" --l1 "$l1" --isa "$isa" --job "$runs/job-$1" --modules "$2" --out "$runs/out-$1"
}

# judge NAME SETTING: what exitscope says of a run, and its exit code in $status.
judge() {
    [[ " $chosen " == *" $2 "* ]] || skip "$2 is not among the settings"
    run "$EXITSCOPE" result --setting "$2" --serial "$runs/$1/serial" --status "$(<"$runs/$1/status")" --host "$runs/$1/l1.json" \
        --out "$BATS_TEST_TMPDIR/$1"
    echo "$output"
}

# counts NAME SETTING: each workload's exits.
counts() {
    jq -c '[.workloads[] | {(.name): .exits}] | add | del(.empty)' "$BATS_TEST_TMPDIR/$1/$2.json"
}

@test "without mmio_caching a device's address costs another exit, and the message names the parameter" {
    judge caching ept=1
    [ "$status" -eq 1 ]
    [[ $output == *'FAIL '*'mmio_read: EPT_VIOLATION: expected 0, found 100'*'; the oracles are for other parameters than this KVM'\''s kvm.mmio_caching=N ('* ]]
    [ "$(jq -r .verdict "$BATS_TEST_TMPDIR/caching/ept=1.json")" = FAIL ]
}

@test "with VMware's back door a #GP of the guest exits, and the message names the parameter" {
    judge backdoor npt=1
    [ "$status" -eq 1 ]
    [[ $output == *'gp_no_exit: EXCP_GP: expected 0, found 100'*"this KVM's kvm.enable_vmware_backdoor=Y (each #GP of the guest exits)"* ]]
    [[ $output != *'cpuid: '* ]]
}

@test "a parameter that changes none of these counts is named, and the run is PASS" {
    judge forced ept=1
    [ "$status" -eq 0 ]
    run "$EXITSCOPE" show --format table "$BATS_TEST_TMPDIR/forced/ept=1.json"
    [[ $output == *'ept=1: the oracles are for other parameters than kvm.nx_huge_pages=Y ('* ]]
}

@test "halt_poll_ns changes no count, and is not named" {
    judge polling npt=1
    [ "$status" -eq 0 ]
    [[ $output != *"other parameters"* ]]
    jq -e '.evidence.host.parameters.kvm.halt_poll_ns == "0"' "$BATS_TEST_TMPDIR/polling/npt=1.json"
}

@test "with virtual NMIs SVM has no exit at the end of an NMI's handler, and the oracles know" {
    judge gif npt=1
    [ "$status" -eq 0 ]
    counts gif npt=1 | jq -e '.nmi == {"0x74": 100, "0x7c": 100} and .nmi_window == {"0x41": 100, "0x74": 200, "0x7c": 200}'
    grep -F ' exits_per_nmi_iret=1 ' "$runs/gif/serial"
    judge nmi npt=1
    [ "$status" -eq 0 ]
    counts nmi npt=1 | jq -e '.nmi == {"0x7c": 100} and .nmi_window == {"0x7c": 200}'
    grep -F ' exits_per_nmi_iret=0 ' "$runs/nmi/serial"
}

@test "with virtual GIF STGI and CLGI do not exit, without it they do, and the oracles know" {
    judge gif npt=1
    [ "$status" -eq 0 ]
    counts gif npt=1 | jq -e '.stgi == {} and .clgi == {}'
    judge no_gif npt=1
    [ "$status" -eq 0 ]
    counts no_gif npt=1 | jq -e '.stgi != {} and .clgi != {}'
}
