# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# The lab with APICv (EXITSCOPE_LAB_APICV), in testing's Bochs: what the CPU does for the guest there, and what it still exits for.
# Needs GUEST and EXITSCOPE (set by ctest), jq, the lab, Debian's archive. The first time the emulators are downloaded.

setup_file() {
    export root folder runs l1
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    runs=$BATS_FILE_TMPDIR
    l1=$(. "$root/lab/lib/kernel-table.sh" && small_kernel)
    folder=$("$root/lab/fetch-emulators" testing)
    measure 0 without
    measure 1 with
}

# measure APICV NAME: the whole catalogue under both settings of VMX.
measure() {
    run_in "$folder" "$1" --workloads all --setting ept=1 --setting ept=0 --out "$runs/$2" >"$runs/$2.said" 2>&1 || {
        cat "$runs/$2.said"
        return 1
    }
}

# run_in FOLDER APICV ARGUMENT...
run_in() {
    EXITSCOPE_LAB_APICV=$2 PATH=$1/programs:$PATH EXITSCOPE_L1_QEMU=$1/root \
        "$EXITSCOPE" run --on lab --l1 "$l1" --guest "$GUEST" "${@:3}"
}

# exits NAME SETTING WORKLOAD: what it cost, as REASON=COUNT by the reasons' numbers.
exits() {
    jq -r --arg name "$3" '[.workloads[] | select(.name == $name).exits | to_entries[] | "\(.key)=\(.value)"] | sort | join(" ")' \
        "$runs/$1/$2.json"
}

# costs WORKLOAD WITHOUT WITH: under both settings.
costs() {
    local setting
    for setting in ept=1 ept=0; do
        echo "$setting $1: $(exits without $setting "$1"), with APICv $(exits with $setting "$1")"
        [ "$(exits without $setting "$1")" = "$2" ]
        [ "$(exits with $setting "$1")" = "$3" ]
    done
}

@test "the whole catalogue is PASS with APICv, and KVM says that it uses it" {
    for setting in ept=1 ept=0; do
        [ "$(jq -r .verdict "$runs/with/$setting.json")" = PASS ]
        [ "$(jq '.workloads | length' "$runs/with/$setting.json")" -ge 130 ]
        [ "$(jq -r .evidence.host.parameters.kvm_intel.enable_apicv "$runs/with/$setting.json")" = Y ]
        [ "$(jq -r .evidence.host.parameters.kvm_intel.enable_apicv "$runs/without/$setting.json")" = N ]
    done
}

@test "an end of interrupt with nothing in service is EOI_INDUCED in place of MSR_WRITE" {
    costs apic_eoi 32=100 45=100
}

@test "the CPU holds an interrupt back and delivers it without INTERRUPT_WINDOW and TPR_BELOW_THRESHOLD" {
    costs interrupt_window '32=40 7=20' 32=20
    costs tpr_threshold '32=200 43=100' 32=100
}

@test "the CPU reads the APIC's registers and ends interrupts by itself" {
    costs apic_read 31=100 ''
    costs interrupt_open 32=200 32=100
    costs hlt '12=100 32=200' '12=100 32=100'
}

@test "the CPU sends itself an interrupt without an exit, and leaves a vector below 16 to KVM as APIC_WRITE" {
    costs self_ipi 32=200 ''
    costs self_ipi_illegal 32=100 56=100
}

@test "nothing else changes with APICv but what the CPU model brings" {
    changed='apic_eoi apic_read apic_timer hlt hlt_timer interrupt_open interrupt_window mmio_write_apic_page rdseed self_ipi self_ipi_illegal tpr_threshold tsc_deadline_near'
    for setting in ept=1 ept=0; do
        "$EXITSCOPE" compare "$runs/without/$setting.json" "$runs/with/$setting.json" --changed >"$BATS_TEST_TMPDIR/compared" || [ $? -eq 1 ]
        found=$(sed -n '/^workload /,/^$/s/^\([a-z][a-z0-9_]*\)  .*/\1/p' "$BATS_TEST_TMPDIR/compared" | grep -vx workload | sort | paste -sd ' ')
        echo "$setting: $found"
        [ "$found" = "$changed" ]
    done
}

@test "a Bochs before 3.1 is refused, and so is a value that says nothing" {
    run run_in "$("$root/lab/fetch-emulators" trixie)" 1 --workloads cpuid --setting ept=1 --out "$BATS_TEST_TMPDIR/old"
    echo "$output"
    [ "$status" -eq 2 ]
    [[ $output == *"bochs 3.0 cannot enter a guest with APICv; 3.1 on PATH can"* ]]
    run run_in "$folder" yes --workloads cpuid --setting ept=1 --out "$BATS_TEST_TMPDIR/wrong"
    [ "$status" -eq 2 ]
    [[ $output == *"EXITSCOPE_LAB_APICV is 0 or 1"* ]]
}
