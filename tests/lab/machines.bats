# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# The whole catalogue on machines that lack devices: nothing hangs, what a device is missing for is SKIP with its name. Each
# machine is a run of one boot of L1, under npt=1. Needs GUEST, HALTING_GUEST, EXITSCOPE and TRACER (set by ctest), jq, the lab.

load settings
load exact

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

@test "a wait in vain ends as ERROR that names what did not come, and the run goes on" {
    cat "$runs/npt=1/vain/said"
    [ "$(<"$runs/npt=1/vain/verdict")" -eq 2 ]
    [ "$(message_of vain waits_in_vain)" = "ERROR: the interrupt of nobody did not come" ]
    [ "$(message_of vain hlt_timer)" = "PASS: " ]
    grep -qx '# measuring waits_in_vain' "$runs/npt=1/vain/serial"
}
