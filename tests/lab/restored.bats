# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# A guest that goes on in another VM while it measures: QEMU keeps it as a file, as for a migration, and another QEMU restores it. The
# counters of the new VM begin at 0, with another epoch. Needs the lab, and GUEST and EXITSCOPE (set by ctest).

setup_file() {
    export root log
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    # shellcheck source=tests/patch/l1.bash
    . "$root/tests/patch/l1.bash"
    local kernel initrd=$BATS_FILE_TMPDIR/initrd
    kernel=$(l1_kernel)
    mkdir "$initrd"
    (cd "$initrd" && busybox cpio -idm <"$("$root/lab/build-image" "$kernel")/base.cpio" 2>/dev/null)
    l1_modules "$initrd/modules" "$kernel"
    install "$GUEST" "$initrd/guest"
    install "$BATS_TEST_DIRNAME/restored_init" "$initrd/init"
    boot_l1 svm "$initrd"
}

# half BEGIN END: the lines between two.
half() {
    sed -n "/^$1\$/,/^$2\$/p" "$log" | sed '1d;$d'
}

@test "a run that goes on in another VM is ERROR and says why" {
    cat "$log"
    ! grep -E '^SPLAT|^NOT KEPT' "$log" || false
    half FIRST SECOND | grep -q 'record=workload'
    ! half FIRST SECOND | grep -q 'record=end' || false
    half SECOND END | grep -q 'record=error .*the counters began anew during the run: the machine went on in another VM'
    half SECOND END | grep -q 'record=end .*verdict=ERROR'
}

@test "the command says the same of its report" {
    { half FIRST SECOND && half SECOND END; } >"$BATS_TEST_TMPDIR/serial"
    run "$EXITSCOPE" result --setting npt=1 --serial "$BATS_TEST_TMPDIR/serial" --status 37 --no-host-evidence --out "$BATS_TEST_TMPDIR"
    echo "$output"
    [ "$status" -eq 2 ]
    [[ $output == *'the machine went on in another VM'* ]]
}
