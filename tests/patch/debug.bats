# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# The checks on kernels with KASAN, UBSAN, lockdep and failing allocations, for the versions chosen, in QEMU
# TCG: all pass, and the kernel complains of nothing. Builds the debug kernels and their modules if they are not cached.

load l1
load each_version

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
        echo svm >"$initrd/isa"
        # A: failslab, which 6.1 lets nobody switch on later.
        l1_words=slub_debug=A,vmap_area l1_limit=1800 boot_l1 svm "$initrd" "$version-debug"
        mv "$log" "$BATS_FILE_TMPDIR/$version-svm"
    done
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
