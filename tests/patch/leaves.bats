# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# What loaded modules return, for every version of the series: boots the lab's L1 kernels in QEMU TCG (SVM) and Bochs
# (VMX), side by side, and runs there what leaves_steps says. Needs gcc, busybox-static, qemu-system-x86, bochs and
# the linux-source packages; builds L1 kernels and modules if they are not cached (up to 15 minutes each).

load l1
load each_version

setup_file() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    export root
    for_each_isa boot_versions
}

# boot_versions ISA: leaves the consoles' texts in $BATS_FILE_TMPDIR/VERSION-ISA.
boot_versions() {
    local version
    for version in $(versions); do
        make_initrd "$1" "$version"
        l1_limit=1500 boot_l1 "$1" "$BATS_FILE_TMPDIR/initrd-$version-$1" "$version"
        mv "$log" "$BATS_FILE_TMPDIR/$version-$1"
    done
}

# make_initrd ISA VERSION
make_initrd() {
    local kernel initrd=$BATS_FILE_TMPDIR/initrd-$2-$1
    kernel=$(l1_kernel "$2")
    l1_initrd "$initrd"
    l1_programs "$initrd"
    l1_modules "$initrd/modules/patched" "$kernel"
    l1_modules "$initrd/modules/stock" "$kernel" --stock
    l1_modules "$initrd/modules/wrap" "$kernel" --also "$BATS_TEST_DIRNAME/wrap.patch"
    cp "$kernel/irqbypass.ko" "$initrd/"
    install "$BATS_TEST_DIRNAME/l1_init" "$initrd/init"
    cp "$BATS_TEST_DIRNAME/leaves_steps" "$initrd/steps"
    echo "$1" >"$initrd/isa"
}

# The checks of exit_counters=1, =2, without cycles, =0, and over the wrap.
expect_checks() {
    expect_in_each "$1" '' '^not ok|^SPLAT|^BUSY'
    expect_in_each "$1" "$2" '^OK '
    expect_in_each "$1" "$(printf 'STATUS 0 %s\n' check_leaves check_leaves check_leaves check_leaves check_wrap)" '^STATUS'
    expect_in_each "$1" END '^END'
    expect_in_each "$1" $'TRACED 1\nTRACED 1\nTRACED 1\nTRACED 1' '^TRACED'
}

# The bytes of what stock and patched modules return: 3 models, CPL 0 and 3, and where they must be equal.
expect_same() {
    expect_in_each "$1" "$(
        printf 'SAME stock on0 %s 20480\n' intel.0 intel.3 amd.0 amd.3 user.0 user.3
        printf 'SAME stock on1 %s 20480\n' intel.3 amd.3 user.0 user.3
        printf 'SAME stock on1 %s 20000\n' intel.0.foreign amd.0.foreign
        printf 'SAME stock on2 %s 20480\n' user.0 user.3
        printf 'SAME stock on2 %s 20000\n' intel.0.foreign intel.3.foreign amd.0.foreign amd.3.foreign
    )" '^SAME'
    expect_in_each "$1" $'DIFFERENT when on\nDIFFERENT models' '^DIFFERENT'
}

@test "another value of the parameter is refused" {
    for isa in $(instruction_sets); do
        expect_in_each "$isa" 'REFUSED exit_counters=3' '^REFUSED'
    done
}

@test "SVM, nested paging and shadow paging: every leaf returns what is documented" {
    wants svm
    expect_checks svm $'OK 229\nOK 209\nOK 226\nOK 26\nOK 26'
}

@test "VMX, EPT and shadow paging: every leaf returns what is documented" {
    wants vmx
    expect_checks vmx $'OK 222\nOK 205\nOK 222\nOK 26\nOK 26'
}

@test "SVM: all other leaves return what they return with stock modules" {
    wants svm
    expect_same svm
}

@test "VMX: all other leaves return what they return with stock modules" {
    wants vmx
    expect_same vmx
}
