# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# The kernel's own selftests of the series for 7.3, kvm-patch/selftests, and the series kvm-patch/upstream with the one of its
# statistic. They run here in L1, on VMX and SVM, with two-dimensional paging and with shadow paging. Needs what leaves.bats needs, and
# the whole source of that kernel. Three minutes. EXITSCOPE_TEST_ISA: one instruction set only.

load l1
load each_version
load selftests

version=7.3

setup_file() {
    export root tree=$BATS_FILE_TMPDIR/tree
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    unpack_selftests "$version" "$tree"
    apply_patches "$tree" upstream "$root"/kvm-patch/upstream/*.patch
    apply_patches "$tree" counters "$root/kvm-patch/$version"/*.patch "$root"/kvm-patch/selftests/*.patch "$root"/kvm-patch/upstream/*selftests*.patch
    build_selftests "$tree" "$BATS_FILE_TMPDIR/initrd/bin" "${of_counters[@]}" hw_exits_stats_test >"$BATS_FILE_TMPDIR/make" 2>&1 || true
    local kernel statistic
    kernel=$(l1_kernel "$version")
    statistic=$(echo "$root"/kvm-patch/upstream/0001-*.patch)
    l1_initrd "$BATS_FILE_TMPDIR/initrd"
    l1_modules "$BATS_FILE_TMPDIR/initrd/modules/stock" "$kernel" --stock
    l1_modules "$BATS_FILE_TMPDIR/initrd/modules/statistic" "$kernel" --stock --also "$statistic"
    l1_modules "$BATS_FILE_TMPDIR/initrd/modules/counters" "$kernel"
    install "$BATS_TEST_DIRNAME/l1_init" "$BATS_FILE_TMPDIR/initrd/init"
    cp "$BATS_TEST_DIRNAME/selftests_steps" "$BATS_FILE_TMPDIR/initrd/steps"
    cp "$kernel/irqbypass.ko" "$BATS_FILE_TMPDIR/initrd/"
    for_each_isa boot
}

# boot ISA
boot() {
    cp -r "$BATS_FILE_TMPDIR/initrd" "$BATS_FILE_TMPDIR/initrd-$1"
    echo "$1" >"$BATS_FILE_TMPDIR/initrd-$1/isa"
    l1_limit=900 boot_l1 "$1" "$BATS_FILE_TMPDIR/initrd-$1" "$version"
    mv "$log" "$BATS_FILE_TMPDIR/$1"
}

# expect_status NAME MODULES EXPECTED: of the selftest NAME on those modules, as lines of what L1 loaded and the status.
expect_status() {
    local isa found
    for isa in $(instruction_sets); do
        found=$(sed -n "s/^SELFTEST $1 $2 //p" "$BATS_FILE_TMPDIR/$isa")
        [ "$found" = "$3" ] || {
            cat "$BATS_FILE_TMPDIR/make" "$BATS_FILE_TMPDIR/$isa"
            echo "$isa: $1 on $2: '$found', expected '$3'"
            return 1
        }
    done
}

@test "the series apply with git am, each patch as one commit" {
    cat "$BATS_FILE_TMPDIR"/am-*
    [ ! -s "$BATS_FILE_TMPDIR/am-upstream" ]
    [ ! -s "$BATS_FILE_TMPDIR/am-counters" ]
    [ "$(git -C "$tree" rev-list --count base..upstream)" -eq 2 ]
}

@test "checkpatch has nothing to say but to think of MAINTAINERS" {
    cd "$BATS_FILE_TMPDIR"
    for patch in "$root"/kvm-patch/upstream/*.patch "$root"/kvm-patch/selftests/*.patch; do
        perl "$tree/scripts/checkpatch.pl" --no-tree --strict --ignore FILE_PATH_CHANGES "$patch"
    done
}

@test "the statistic's finds each exit under its reason, and fails without the statistic" {
    expect_status hw_exits_stats_test statistic $'1 0\n0 0'
    expect_status hw_exits_stats_test stock '1 254'
}

@test "the counters' find nothing wrong, whatever is permitted, and are skipped where nothing is" {
    for name in "${of_counters[@]}"; do
        expect_status "$name" counters $'1 exit_counters=1 0\n1 exit_counters=2 exit_counters_unasked=0 0\n0 exit_counters=1 exit_counters_cycles=0 0\n1 exit_counters=0 4'
        expect_status "$name" stock '1 4'
    done
}

@test "no selftest makes the kernel complain or keeps a module busy" {
    for isa in $(instruction_sets); do
        grep '^SPLAT\|^BUSY' "$BATS_FILE_TMPDIR/$isa" && return 1
        grep -q '^END' "$BATS_FILE_TMPDIR/$isa"
    done
}
