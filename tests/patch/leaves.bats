# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# What loaded modules answer: boots the lab's L1 kernel in QEMU TCG (SVM) and in Bochs (VMX) and runs check_leaves there
# with kvm.exit_counters = 0, 1, 2 and both kinds of paging. Needs gcc, busybox-static, qemu-system-x86, bochs and
# linux-source-6.1; builds the L1 kernel and the modules if they are not cached (up to 15 minutes). Two minutes else.

load l1

setup_file() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    kernel=$(l1_kernel)
    modules=$("$root/scripts/build-kvm" --kernel-build "$kernel/build")
    initrd=$BATS_FILE_TMPDIR/initrd
    export root initrd
    l1_initrd "$initrd"
    gcc -std=gnu17 -O1 -Wall -Wextra -Werror -static -o "$initrd/bin/check_leaves" "$BATS_TEST_DIRNAME"/*.c
    install "$BATS_TEST_DIRNAME/check_leaves_init" "$initrd/init"
    cp "$modules"/*.ko "$kernel/irqbypass.ko" "$initrd/"
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
    echo kvm-amd npt svm >"$initrd/setting"
    boot_l1 svm "$initrd"
    expect_all_ok
}

@test "VMX, EPT and shadow paging: every leaf answers as documented" {
    echo kvm-intel ept vmx >"$initrd/setting"
    boot_l1 vmx "$initrd"
    expect_all_ok
}
