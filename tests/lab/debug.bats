# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# The guest kernel's whole suite on kernels that look for mistakes in KVM: KASAN, UBSAN, lockdep. Builds those kernels
# and their modules if they are not cached.

setup() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    results=$BATS_TEST_TMPDIR/results
}

# Each debug kernel takes some ten minutes to build: EXITSCOPE_TEST_DEBUG says of which versions (default: the newest).
chosen_kernels() {
    local version
    . "$root/lab/lib/kernel-table.sh"
    for version in ${EXITSCOPE_TEST_DEBUG:-$(newest_series)}; do
        kernels_with config '(^|,)debug(,|$)' | grep -xF -e "$version-debug" || return
    done
}

# passes L1: PASS under npt=1 and npt=0, and no complaint, by a kernel that really looks.
passes() {
    run "$root/scripts/run" --workloads all --l1 "$1" --out "$results"
    echo "$output"
    cat "$results"/logs/splats-svm
    [ "$status" -eq 0 ]
    [ ! -s "$results/logs/splats-svm" ]
    [ -s "$results/npt=1.json" ] && [ -s "$results/npt=0.json" ]
    local config
    config=$("$root/lab/build-kernel" --l1 "$1")/build/.config
    for option in KASAN KASAN_VMALLOC UBSAN_BOUNDS UBSAN_SHIFT PROVE_LOCKING DEBUG_ATOMIC_SLEEP DEBUG_LIST FAILSLAB; do
        grep -x "CONFIG_$option=y" "$config"
    done
}

@test "every workload passes and the kernel complains of nothing" {
    names=$(chosen_kernels)
    [ -n "$names" ]
    for name in $names; do
        passes "$name"
        rm -r "$results"
    done
}
