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
