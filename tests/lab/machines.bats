# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# The whole catalogue on machines that lack devices or parts of a CPU, and by PVH: nothing hangs, what is missing for a workload is
# SKIP with its name. Each machine is a run of one boot of L1, under npt=1. Needs GUEST, HALTING_GUEST, EXITSCOPE and TRACER (set by ctest), jq, the lab.

load settings
load exact
load ../boot/pvh

setup_file() {
    export root runs
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    runs=$BATS_FILE_TMPDIR/runs
    local job kernel
    kernel=$(small_kernel)
    job=$BATS_FILE_TMPDIR/job-svm-$kernel
    start_job "$job"
    add_run "$job" npt=1/microvm npt=1 "" timeout=900 $'qemu-args=-machine\nmicrovm,pit=off,pic=off'
    add_run "$job" npt=1/q35 npt=1 "" timeout=900 $'qemu-args=-machine\nq35'
    add_run "$job" npt=1/small npt=1 "workloads=cpuid,port_in,pit_one_shot,hlt_timer,page_second_touch" timeout=900 $'qemu-args=-m\n16M'
    # Its serial port is where nobody looks for it.
    add_run "$job" npt=1/debugcon npt=1 "workloads=cpuid,port_in,hlt" timeout=900 \
        $'qemu-args=-global\nisa-serial.iobase=0x2f8\n-device\nisa-debugcon,iobase=0xe9,chardev=serial'
    add_run "$job" npt=1/vain npt=1 "workloads=cpuid,waits_in_vain,hlt_timer" timeout=900
    ln -sf "$HALTING_GUEST" "$job/runs/5/kernel"
    add_run "$job" npt=1/xapic npt=1 "" timeout=900 cpu=max,-x2apic vcpus=2
    add_run "$job" npt=1/opteron npt=1 "" timeout=900 cpu=Opteron_G1
    add_run "$job" npt=1/pvh npt=1 "" timeout=900
    make_pvh "$GUEST" "$job/pvh" && ln -sf "$job/pvh" "$job/runs/8/kernel"
    add_run "$job" npt=1/multiboot npt=1 "" timeout=900
    add_run "$job" npt=1/nine npt=1 "workloads=cpuid" timeout=900 vcpus=9
    rm "$job"/runs/[14]/virtio-console # microvm has no PCI
    boot_job svm "$kernel"
}

# message_of RUN WORKLOAD: its verdict and message.
message_of() {
    jq -r --arg name "$2" '.workloads[] | select(.name == $name) | .verdict + ": " + .message' "$runs/npt=1/$1/npt=1.json"
}

devices_of() {
    sed -n 's/.*record=run .* devices=\([a-z0-9_,]*\) .*/\1/p' "$runs/npt=1/$1/serial"
}

@test "microvm without 8254 and 8259: whole catalogue, and what needs them is skipped by name" {
    cat "$runs/npt=1/microvm/said"
    [ "$(<"$runs/npt=1/microvm/verdict")" -eq 0 ]
    [ "$(devices_of microvm)" = x2apic,ioapic,serial,fw_cfg ]
    for name in port_in port_out_string_kernel pit_one_shot; do
        [ "$(message_of microvm $name)" = "SKIP: the machine has no interrupt controller 8259 (port 0x21)" ]
    done
    [ "$(message_of microvm rom_write)" = "SKIP: the machine has no read-only memory (address 0xffff0000)" ]
    [ "$(message_of microvm hlt_timer)" = "PASS: " ]
}

@test "q35 has all devices, and everything passes that does on pc" {
    cat "$runs/npt=1/q35/said"
    [ "$(<"$runs/npt=1/q35/verdict")" -eq 0 ]
    [ "$(devices_of q35)" = pic,pit,x2apic,ioapic,serial,pci,fw_cfg,rom ]
    for name in port_in port_out_string_kernel pit_one_shot rom_write mmio_write_ioapic; do
        [ "$(message_of q35 $name)" = "PASS: " ]
    done
}

@test "with 16 MiB what needs no fresh pages passes, and the rest names the memory" {
    cat "$runs/npt=1/small/said"
    [ "$(<"$runs/npt=1/small/verdict")" -eq 2 ]
    for name in cpuid port_in pit_one_shot hlt_timer; do
        [ "$(message_of small $name)" = "PASS: " ]
    done
    [ "$(message_of small page_second_touch)" = "ERROR: the page pool is used up: fewer iterations, or more memory for the VM (-m), would do" ]
}

@test "without a serial port the report comes by port 0xe9" {
    cat "$runs/npt=1/debugcon/said"
    [ "$(<"$runs/npt=1/debugcon/verdict")" -eq 0 ]
    [ "$(devices_of debugcon)" = pic,pit,x2apic,ioapic,pci,fw_cfg,rom ]
}

@test "with xAPIC alone what needs the x2APIC is skipped by name, and the second vCPU is not started, which is said" {
    cat "$runs/npt=1/xapic/said"
    [ "$(<"$runs/npt=1/xapic/verdict")" -eq 0 ]
    [ "$(devices_of xapic)" = pic,pit,ioapic,serial,pci,fw_cfg,rom ]
    for name in hlt self_ipi pit_one_shot; do
        [ "$(message_of xapic $name)" = "SKIP: the CPU has no x2APIC (CPUID.1:ECX bit 21)" ]
    done
    [ "$(message_of xapic ipi)" = "SKIP: one vCPU only" ]
    [ "$(message_of xapic port_in)" = "PASS: " ]
    grep -qx '# only 1 of 2 processors started, as there is no x2APIC' "$runs/npt=1/xapic/serial"
}

@test "on the oldest model of an Opteron everything passes, or is skipped for a feature by name" {
    cat "$runs/npt=1/opteron/said"
    [ "$(<"$runs/npt=1/opteron/verdict")" -eq 0 ]
    [ "$(devices_of opteron)" = pic,pit,x2apic,ioapic,serial,pci,fw_cfg,rom ]
    [ "$(message_of opteron rdtscp)" = "SKIP: the CPU has no RDTSCP (CPUID.80000001H:EDX bit 27)" ]
    [ "$(message_of opteron hlt)" = "PASS: " ]
}

# exits_of RUN: each workload's verdict and exits.
exits_of() {
    jq -c '.workloads[] | [.name, .verdict, .exits, .doubled, .vm_exits]' "$runs/npt=1/$1/npt=1.json"
}

@test "started by PVH it has the counts that it has by multiboot" {
    cat "$runs/npt=1/pvh/said"
    [ "$(<"$runs/npt=1/pvh/verdict")" -eq 0 ]
    diff <(exits_of pvh) <(exits_of multiboot)
}

@test "more vCPUs than it can use are refused by name" {
    [ "$(<"$runs/npt=1/nine/verdict")" -eq 2 ]
    grep -q 'the guest says: the machine has 9 virtual CPUs; this kernel is made for up to 8' "$runs/npt=1/nine/said"
}

@test "a wait in vain ends as ERROR that names what did not come, and the run goes on" {
    cat "$runs/npt=1/vain/said"
    [ "$(<"$runs/npt=1/vain/verdict")" -eq 2 ]
    [ "$(message_of vain waits_in_vain)" = "ERROR: the interrupt of nobody did not come" ]
    [ "$(message_of vain hlt_timer)" = "PASS: " ]
    grep -qx '# measuring waits_in_vain' "$runs/npt=1/vain/serial"
}
