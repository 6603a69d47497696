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

# The checks of exit_counters=1, =2, without cycles, =0; where nobody asked; of nested guests; and over the wrap.
expect_checks() {
    expect_in_each "$1" '' '^not ok|^SPLAT|^BUSY'
    expect_in_each "$1" "$2" '^OK '
    expect_in_each "$1" "$(printf 'STATUS 0 %s\n' check_leaves check_leaves check_leaves check_leaves check_unasked check_nested_guest check_wrap)" '^STATUS'
    expect_in_each "$1" END '^END'
    expect_in_each "$1" $'TRACED 1\nTRACED 1\nTRACED 1\nTRACED 1' '^TRACED'
}

# The bytes of what stock and patched modules return: 3 models, CPL 0 and 3, and where they must be equal.
expect_same() {
    expect_in_each "$1" "$(
        printf 'SAME stock on0 %s 20480\n' intel.0 intel.3 amd.0 amd.3 user.0 user.3
        printf 'SAME stock on1 %s 20480\n' intel.3 amd.3 user.0 user.3
        printf 'SAME stock on1 %s 19920\n' intel.0.foreign amd.0.foreign
        printf 'SAME stock on2 %s 20480\n' user.0 user.3
        printf 'SAME stock on2 %s 19920\n' intel.0.foreign intel.3.foreign amd.0.foreign amd.3.foreign
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
    expect_checks svm $'OK 275\nOK 255\nOK 266\nOK 50\nOK 56\nOK 14\nOK 26'
}

@test "VMX, EPT and shadow paging: every leaf returns what is documented" {
    wants vmx
    expect_checks vmx $'OK 268\nOK 251\nOK 262\nOK 50\nOK 56\nOK 6\nOK 26'
}

@test "SVM: all other leaves return what they return with stock modules" {
    wants svm
    expect_same svm
}

@test "VMX: all other leaves return what they return with stock modules" {
    wants vmx
    expect_same vmx
}

# In bytes; the slots of both are the manuals' reasons and one for the rest. Those of SVM's registers that do not exist share one.
@test "a vCPU's counters take 24 bytes a reason and 72 more, at most a page, and as much again for a latch" {
    for isa in $(instruction_sets); do
        reasons=$(grep -c "^EXIT_REASON_${isa^^}(" "$root/abi/exit_reasons.def")
        [ "$isa" = vmx ] || reasons=$((reasons + 1))
        bytes=$(((reasons + 1) * 24 + 72))
        [ "$bytes" -le 4096 ]
        for version in $(versions); do
            read -r _ _ off latched_off < <(grep '^MEMORY 0' "$BATS_FILE_TMPDIR/$version-$isa")
            read -r _ _ on latched_on < <(grep '^MEMORY 1' "$BATS_FILE_TMPDIR/$version-$isa")
            echo "$isa $version: $off and $latched_off bytes without, $on and $latched_on with; a reason 24: $bytes"
            [ "$((on - off))" -eq "$bytes" ]
            [ "$((latched_on - latched_off))" -eq "$bytes" ]
        done
    done
}

# What makes Linux call the TSC unstable on a real machine is said here to L1 (tsc=unstable).
@test "no cycles are measured where Linux calls the TSC unstable" {
    wants svm
    for version in $(versions); do
        initrd=$BATS_FILE_TMPDIR/initrd-$version-svm
        cp "$BATS_TEST_DIRNAME/unstable_steps" "$initrd/steps"
        l1_words=tsc=unstable boot_l1 svm "$initrd" "$version"
        cat "$log"
        grep -qx 'STATUS 0 check_leaves' "$log"
        [ "$(grep -c '^not ok\|^SPLAT\|^BUSY' "$log")" -eq 0 ]
    done
}
