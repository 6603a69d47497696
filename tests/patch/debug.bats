# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# The checks on kernels with KASAN, UBSAN, lockdep and failing allocations, for the versions chosen, in QEMU
# TCG: all pass, and the kernel complains of nothing. Builds the debug kernels and their modules if they are not cached.

load l1
load each_version
load selftests

# The version that the kernel's own selftests and the statistic's series are for.
selftests_version=7.3

# Each debug kernel takes some ten minutes to build: EXITSCOPE_TEST_DEBUG says of which versions (default: the newest).
versions() {
    tr ' ' '\n' <<<"${EXITSCOPE_TEST_DEBUG:-$(. "$root/lab/lib/kernel-table.sh" && newest_series)}"
}

setup_file() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    export root
    local version kernel initrd
    for version in $(versions); do
        kernel=$(l1_kernel "$version-debug")
        initrd=$BATS_FILE_TMPDIR/initrd-$version
        l1_initrd "$initrd"
        l1_programs "$initrd"
        l1_modules "$initrd/modules/patched" "$kernel"
        cp "$kernel/irqbypass.ko" "$initrd/"
        install "$BATS_TEST_DIRNAME/l1_init" "$initrd/init"
        cp "$BATS_TEST_DIRNAME/debug_steps" "$initrd/steps"
        [[ $version != "$selftests_version" ]] || add_selftests "$kernel" "$initrd"
        echo svm >"$initrd/isa"
        # A: failslab, which 6.1 lets nobody switch on later.
        l1_words=slub_debug=A,vmap_area l1_limit=1800 boot_l1 svm "$initrd" "$version-debug"
        mv "$log" "$BATS_FILE_TMPDIR/$version-svm"
    done
}

# add_selftests KERNEL_FOLDER INITRD_FOLDER
add_selftests() {
    local tree=$BATS_FILE_TMPDIR/tree
    unpack_selftests "$selftests_version" "$tree"
    apply_patches "$tree" counters "$root/kvm-patch/$selftests_version"/*.patch "$root"/kvm-patch/selftests/*.patch \
        "$root"/kvm-patch/upstream/*selftests*.patch
    build_selftests "$tree" "$2/bin" "${of_counters[@]}" hw_exits_stats_test >"$BATS_FILE_TMPDIR/make" 2>&1
    l1_modules "$2/modules/statistic" "$1" --stock --also "$(echo "$root"/kvm-patch/upstream/0001-*.patch)"
}

@test "the kernel's own selftests pass, of the counters and of the statistic" {
    [[ " $(versions | tr '\n' ' ') " == *" $selftests_version "* ]] || skip "$selftests_version is not among the versions to test"
    log=$BATS_FILE_TMPDIR/$selftests_version-svm
    cat "$log"
    for name in "${of_counters[@]}"; do
        [ "$(sed -n "s/^SELFTEST $name //p" "$log")" = 'patched 1 exit_counters=2 exit_counters_unasked=0 0' ]
    done
    [ "$(sed -n 's/^SELFTEST hw_exits_stats_test //p' "$log")" = $'statistic 1 0\nstatistic 0 0' ]
}

@test "every check passes" {
    expect_in_each svm "$(printf 'STATUS 0 %s\n' check_leaves check_leaves fail_allocations fail_allocations check_unasked check_leaves fail_allocations)" '^STATUS'
    expect_in_each svm '' '^not ok'
    expect_in_each svm $'OK 279\nOK 255\nOK 5\nOK 28\nOK 56\nOK 50\nOK 5' '^OK'
}

@test "the kernel complains of nothing, and the modules can be unloaded" {
    expect_in_each svm '' '^SPLAT|^BUSY'
    expect_in_each svm END '^END'
}
