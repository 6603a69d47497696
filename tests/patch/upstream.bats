# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# kvm-patch/upstream: the statistic hw_exits and its selftest, which runs here in L1, on VMX and SVM, with two-dimensional paging and
# with shadow paging. Needs what leaves.bats needs, and the whole source of that kernel. Two minutes. EXITSCOPE_TEST_ISA: one
# instruction set only.

load l1
load each_version
load selftests

version=7.3

setup_file() {
    export root tree=$BATS_FILE_TMPDIR/tree
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    series=("$root"/kvm-patch/upstream/*.patch)
    unpack_selftests "$version" "$tree"
    git -C "$tree" -c user.name=test -c user.email=test@invalid am --quiet "${series[@]}" >"$BATS_FILE_TMPDIR/am" 2>&1 || true
    build_selftest "$tree" hw_exits_stats_test "$BATS_FILE_TMPDIR/hw_exits_stats_test" >"$BATS_FILE_TMPDIR/make" 2>&1 || true
    local kernel
    kernel=$(l1_kernel "$version")
    l1_initrd "$BATS_FILE_TMPDIR/initrd"
    l1_modules "$BATS_FILE_TMPDIR/initrd/modules/stock" "$kernel" --stock
    l1_modules "$BATS_FILE_TMPDIR/initrd/modules/statistic" "$kernel" --stock --also "${series[0]}"
    install "$BATS_FILE_TMPDIR/hw_exits_stats_test" "$BATS_FILE_TMPDIR/initrd/bin/"
    install "$BATS_TEST_DIRNAME/l1_init" "$BATS_FILE_TMPDIR/initrd/init"
    cp "$BATS_TEST_DIRNAME/upstream_steps" "$BATS_FILE_TMPDIR/initrd/steps"
    cp "$kernel/irqbypass.ko" "$BATS_FILE_TMPDIR/initrd/"
    for_each_isa boot
}

# boot ISA
boot() {
    cp -r "$BATS_FILE_TMPDIR/initrd" "$BATS_FILE_TMPDIR/initrd-$1"
    echo "$1" >"$BATS_FILE_TMPDIR/initrd-$1/isa"
    l1_limit=600 boot_l1 "$1" "$BATS_FILE_TMPDIR/initrd-$1" "$version"
    mv "$log" "$BATS_FILE_TMPDIR/$1"
}

@test "the series applies with git am, each patch as one commit" {
    cat "$BATS_FILE_TMPDIR/am"
    [ ! -s "$BATS_FILE_TMPDIR/am" ]
    [ "$(git -C "$tree" rev-list --count base..HEAD)" -eq 2 ]
}

@test "checkpatch has nothing to say but to think of MAINTAINERS" {
    cd "$BATS_FILE_TMPDIR"
    for patch in "$root"/kvm-patch/upstream/*.patch; do
        perl "$tree/scripts/checkpatch.pl" --no-tree --strict --ignore FILE_PATH_CHANGES "$patch"
    done
}

@test "the selftest finds each exit under its reason, and fails without the statistic" {
    cat "$BATS_FILE_TMPDIR/make"
    for isa in $(instruction_sets); do
        cat "$BATS_FILE_TMPDIR/$isa"
        [ "$(grep -c '^SPLAT\|^BUSY' "$BATS_FILE_TMPDIR/$isa")" -eq 0 ]
        [ "$(grep '^SELFTEST statistic' "$BATS_FILE_TMPDIR/$isa")" = $'SELFTEST statistic 1 0\nSELFTEST statistic 0 0' ]
        grep -q '^SELFTEST stock 1 254$' "$BATS_FILE_TMPDIR/$isa"
    done
}
