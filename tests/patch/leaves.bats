# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# What loaded modules answer: boots the lab's L1 kernel in QEMU TCG (SVM) and in Bochs (VMX) and runs check_leaves there
# with kvm.exit_counters = 0, 1, 2 and both kinds of paging. Needs gcc, busybox-static, qemu-system-x86, bochs and
# linux-source-6.1; builds the L1 kernel and the modules if they are not cached (up to 15 minutes). Two minutes else.

setup_file() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    kernel=$("$root/lab/build-kernel")
    modules=$("$root/scripts/build-kvm" --kernel-build "$kernel/build")
    initrd=$BATS_FILE_TMPDIR/initrd
    export root kernel initrd
    mkdir -p "$initrd"/{bin,proc,sys/kernel,dev}
    gcc -std=gnu17 -O1 -Wall -Wextra -Werror -static -o "$initrd/bin/check_leaves" "$BATS_TEST_DIRNAME"/*.c
    install "$BATS_TEST_DIRNAME/check_leaves_init" "$initrd/init"
    install -t "$initrd/bin" /bin/busybox
    for applet in sh mount insmod rmmod grep tr sleep; do
        ln -s busybox "$initrd/bin/$applet"
    done
    cp "$modules"/*.ko "$kernel/irqbypass.ko" "$initrd/"
}

# Boots with the setting given and leaves the serial port's text in $log.
boot() {
    local isa=$3 emulator=
    echo "$*" >"$initrd/setting"
    # Used by the lab's start_ functions.
    # shellcheck disable=SC2034
    local work=$BATS_TEST_TMPDIR out=$BATS_TEST_TMPDIR live=no program=leaves.bats
    (cd "$initrd" && find . | busybox cpio -o -H newc -R 0:0 2>/dev/null) >"$work/initrd"
    # shellcheck source=lab/lib/common.sh
    . "$root/lab/lib/common.sh"
    # shellcheck source=lab/lib/emulators.sh
    . "$root/lab/lib/emulators.sh"
    "start_$isa" "$kernel" "$("$lab_folder/build-image" "$kernel")" 3>&-
    log=$BATS_TEST_TMPDIR/l1.log
    for ((second = 0; second < 300; second++)); do
        ! grep -q '^END' "$log" 2>/dev/null || break
        kill -0 "$emulator" 2>/dev/null || break
        sleep 1
    done
    kill -KILL "$emulator" 2>/dev/null || true
    wait "$emulator" || true
    tr -d '\r' <"$log" >"$log.text"
    log=$log.text
}

expect_all_ok() {
    grep -A 1 -E '^(BEGIN|not ok|STATUS|OK|TRACED|REFUSED|END)|^#' "$log"
    [ -z "$(grep '^not ok' "$log")" ]
    grep -q '^END' "$log"
    grep -qx 'REFUSED exit_counters=3' "$log"
    [ "$(grep -c '^STATUS 0' "$log")" -eq 3 ]
    [ "$(grep '^OK ' "$log" | tr '\n' ' ')" = 'OK 152 OK 129 OK 44 ' ]
    [ "$(grep -c '^TRACED [1-9]' "$log")" -eq 3 ]
}

@test "SVM, nested paging and shadow paging: every leaf answers as documented" {
    boot kvm-amd npt svm
    expect_all_ok
}

@test "VMX, EPT and shadow paging: every leaf answers as documented" {
    boot kvm-intel ept vmx
    expect_all_ok
}
