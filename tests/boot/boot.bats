# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Boots the guest kernel under QEMU TCG, without KVM: what it says where there are no counters.
# Needs GUEST and FAULTING_GUEST (set by ctest), qemu-system-x86 and GRUB's tools.

setup() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
}

# boot ARGUMENT...: what the guest prints, with QEMU's usual arguments and these.
boot() {
    local arguments status=0 serial=$BATS_TEST_TMPDIR/serial
    mapfile -t arguments < <("$root/lab/qemu-arguments" accelerator=tcg serial="$serial")
    timeout 60 qemu-system-x86_64 "${arguments[@]}" "$@" || status=$?
    cat "$serial"
    return $status
}

# boot_bare ARGUMENT...: the same without a console and without isa-debug-exit; what it prints at SERIAL is not read.
boot_bare() {
    local arguments
    mapfile -t arguments < <("$root/lab/qemu-arguments" accelerator=tcg serial="$BATS_TEST_TMPDIR/serial" |
        sed '/^-serial$/,+1d; /^-device$/,+1d')
    [[ " ${arguments[*]} " != *" -serial "* && " ${arguments[*]} " != *isa-debug-exit* ]]
    timeout 60 qemu-system-x86_64 "${arguments[@]}" "$@"
}

# Prints what qemu-arguments gives a guest as QEMU's way out.
debug_exit() {
    "$root/lab/qemu-arguments" accelerator=tcg serial=/s | sed -n '/^isa-debug-exit,/p'
}

# Every record's check sum, by an implementation that is not the guest's.
check_sums_are_right() {
    python3 - "$1" <<'PYTHON'
import re, sys, zlib
records = [line for line in sys.argv[1].splitlines() if re.match(r"# (exact|vary) ", line)]
assert records, "no records"
for number, line in enumerate(records, 1):
    text, crc = line.rsplit(" crc=", 1)
    assert int(text.split()[2]) == number, line
    assert zlib.crc32(text.encode()) == int(crc, 16), line
PYTHON
}

@test "the image is no larger than its limit" {
    limit=$(sed -n 's/^image_limit = \([0-9]*\)K;$/\1/p' "$root/linker/guest.lds")
    [ "$limit" -gt 0 ]
    [ "$(stat -c %s "$GUEST")" -le $((limit * 1024)) ]
}

@test "without counters the run is ERROR, says so, and QEMU exits with 37" {
    run boot -kernel "$GUEST"
    [ "$status" -eq 37 ]
    [[ $output == "KTAP version 1"* ]]
    [[ $output == *'record=error message="no exit counters: '* ]]
    [[ $output == *"record=end records=3 verdict=ERROR"* ]]
    check_sums_are_right "$output"
}

@test "GRUB boots the same image from an ISO and hands over the command line" {
    "$root/scripts/make-iso" "$GUEST" "$BATS_TEST_TMPDIR/guest.iso" "workloads=cpuid,halt"
    run boot -cdrom "$BATS_TEST_TMPDIR/guest.iso"
    [ "$status" -eq 37 ]
    [[ $output == *'record=error message="unknown workload: halt"'* ]]
    check_sums_are_right "$output"
}

@test "an unknown key is named" {
    run boot -kernel "$GUEST" -append "iterations=5 speed=fast"
    [ "$status" -eq 37 ]
    [[ $output == *'message="unknown key: speed=fast"'* ]]
}

@test "the image's own path may hold a blank, a comma, a quote or an equals sign" {
    folder="$BATS_TEST_TMPDIR/a b, 'c\"d=e f"
    mkdir "$folder"
    cp "$GUEST" "$folder/g"
    run boot -kernel "$folder/g" -append list
    [ "$status" -eq 39 ]
    run boot -kernel "$folder/g" -append "lisst"
    [ "$status" -eq 37 ]
    [[ $output == *'message="unknown key: lisst"'* ]]
    # What follows a blank in its last part could be a key: it is named.
    cp "$GUEST" "$folder/g h"
    run boot -kernel "$folder/g h" -append list
    [ "$status" -eq 37 ]
    [[ $output == *'message="unknown key: h"'* ]]
}

@test "a list of workloads without a name is named" {
    run boot -kernel "$GUEST" -append "workloads=,"
    [ "$status" -eq 37 ]
    [[ $output == *'message="no workload named: workloads=,"'* ]]
}

@test "list reports every workload as SKIP with what it is and why it costs that, exits with 39 and counts them in the plan" {
    run boot -kernel "$GUEST" -append list
    [ "$status" -eq 39 ]
    for name in empty cpuid hlt port_out port_in wrmsr rdmsr page_first_touch page_second_touch \
        page_map_touch cr3_write invlpg; do
        [[ $output =~ ok\ [0-9]+\ $name\ #\ SKIP ]]
    done
    count=$(grep -c '^ok ' <<<"$output")
    [[ $output == *$'\n'"1..$count"$'\n'* ]]
    [ "$(grep -c ' why="[^"]\+" source="[^"]\+" message="[^"]\+" crc=' <<<"$output")" -eq "$count" ]
    check_sums_are_right "$output"
}

@test "with a virtio console the report goes there, byte for byte the same" {
    run boot -kernel "$GUEST" -append list
    [ "$status" -eq 39 ]
    serial=$output
    # SeaBIOS gives the device its ports, qboot leaves that to the guest.
    for firmware in bios-256k.bin qboot.rom; do
        run boot -bios $firmware -device virtio-serial-pci \
            -chardev "file,id=virtio,path=$BATS_TEST_TMPDIR/virtio" -device virtconsole,chardev=virtio -kernel "$GUEST" -append list
        [ "$status" -eq 39 ]
        [ ! -s "$BATS_TEST_TMPDIR/serial" ]
        diff <(sed -n '/^KTAP/,$p' <<<"$serial" | tr -d '\r') "$BATS_TEST_TMPDIR/virtio"
    done
}

# A reset would begin the guest anew, until the time limit.
@test "without isa-debug-exit the guest switches the machine off: pc, with memory beyond 1 GiB too, q35, microvm" {
    for machine in "pc -m 128M" "pc -m 2G" "q35 -m 3G" "microvm,pit=off,pic=off -m 128M"; do
        echo "$machine"
        # shellcheck disable=SC2086 # several words
        run boot_bare -action reboot=reset -serial chardev:serial -kernel "$GUEST" -machine $machine
        [ "$status" -eq 0 ]
        [ "$(grep -c '^KTAP' "$BATS_TEST_TMPDIR/serial")" -eq 1 ]
        grep -q 'record=end records=3 verdict=ERROR' "$BATS_TEST_TMPDIR/serial"
    done
}

@test "where something is on port 0xf5 and nothing on 0xf4 the guest stays" {
    run boot_bare -device isa-debug-exit,iobase=0xf5,iosize=1 -serial chardev:serial -kernel "$GUEST"
    [ "$status" -eq 124 ]
    grep -q 'record=end records=3 verdict=ERROR' "$BATS_TEST_TMPDIR/serial"
}

@test "where it cannot be switched off it is reset, which ends QEMU, too" {
    for machine in microvm,acpi=off "isapc -cpu qemu64"; do
        echo "$machine"
        # shellcheck disable=SC2086 # several words
        run boot_bare -serial chardev:serial -kernel "$GUEST" -machine $machine
        [ "$status" -eq 0 ]
        grep -q 'record=end records=3 verdict=ERROR' "$BATS_TEST_TMPDIR/serial"
    done
}

@test "without a serial port the report goes to port 0xe9" {
    run boot -kernel "$GUEST" -append list
    [ "$status" -eq 39 ]
    mv "$BATS_TEST_TMPDIR/serial" "$BATS_TEST_TMPDIR/by-serial"
    run boot_bare -device "$(debug_exit)" -device isa-debugcon,iobase=0xe9,chardev=serial -kernel "$GUEST" -append list
    [ "$status" -eq 39 ]
    diff <(sed -n '/^KTAP/,$p' "$BATS_TEST_TMPDIR/by-serial") <(sed -n '/^KTAP/,$p' "$BATS_TEST_TMPDIR/serial")
}

@test "without any console the guest still ends, with its verdict or without" {
    run boot_bare -device "$(debug_exit)" -kernel "$GUEST" -append list
    [ "$status" -eq 39 ]
    [ ! -s "$BATS_TEST_TMPDIR/serial" ]
    run boot_bare -kernel "$GUEST"
    [ "$status" -eq 0 ]
}

# devices ARGUMENT...: the devices that the guest finds.
devices() {
    boot -kernel "$GUEST" "$@" | sed -n 's/.*record=run .* devices=\([a-z0-9_,]*\) .*/\1/p'
}

@test "the devices of each machine are found, and in 16 MiB, too" {
    [ "$(devices -machine pc)" = pic,pit,serial,pci,fw_cfg ]
    [ "$(devices -machine q35 -m 16M)" = pic,pit,serial,pci,fw_cfg ]
    [ "$(devices -machine microvm)" = pic,pit,serial,fw_cfg ]
    [ "$(devices -machine microvm,pit=off)" = pic,serial,fw_cfg ]
    [ "$(devices -machine microvm,pit=off,pic=off)" = serial,fw_cfg ]
    [ "$(devices -machine isapc -cpu qemu64)" = pic,pit,serial,fw_cfg ]
}

@test "an exception is reported with vector, error code and place, and ends as ERROR" {
    run boot -kernel "$FAULTING_GUEST" -append list
    [ "$status" -eq 37 ]
    [[ $output =~ '# fault #GP vector=13 error_code=0x0 rip=0x1'[0-9a-f]{5}' ' ]]
    [[ $output == *'record=error message="unexpected exception #GP at rip 0x1'* ]]
    [[ $output == *"verdict=ERROR"* ]]
    check_sums_are_right "$output"
}

@test "the kernel's own kunit.py parses the report" {
    . "$root/lab/lib/kernel-table.sh"
    XZ_DEFAULTS=-T0 tar -xJf "$("$root/scripts/kernel-source" "$(kernel_value "$(default_kernel)" series)")" -C "$BATS_TEST_TMPDIR" --strip-components=1 \
        --wildcards '*/tools/testing/kunit/*.py'
    boot -kernel "$GUEST" -append list >"$BATS_TEST_TMPDIR/report" || true
    run python3 "$BATS_TEST_TMPDIR/tools/testing/kunit/kunit.py" parse "$BATS_TEST_TMPDIR/report"
    echo "$output"
    [[ $output =~ 'Ran '([0-9]+)' tests: skipped: '([0-9]+) ]]
    [ "${BASH_REMATCH[1]}" -eq "${BASH_REMATCH[2]}" ]
    [ "${BASH_REMATCH[1]}" -eq "$(grep -c '^ok ' "$BATS_TEST_TMPDIR/report")" ]
    [[ $output != *ERROR* ]]
}
