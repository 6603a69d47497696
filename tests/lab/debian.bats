# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# The modules on Debian's unchanged cloud kernels: they load, unload, load again with other parameters, and count
# exactly, in both emulators. Downloads the kernels' packages if they are not cached; installs none of them.

setup() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    results=$BATS_TEST_TMPDIR/results
}

# Prints those kernels, one a line.
unchanged_kernels() {
    (. "$root/lab/lib/kernel-table.sh" && kernels_with image '[^-]')
}

# Its modules were built at the first try, with precompiled headers: built_at_once L1
built_at_once() {
    local modules
    modules=$("$root/scripts/build-kvm" --lean --kernel-build "$("$root/lab/build-kernel" --l1 "$1")/build")
    grep -q '^make: Leaving directory' "$modules.log"
    ! grep 'once more' "$modules.log"
}

# passes L1 VERSION: the guest kernel passes under all settings on that kernel.
passes() {
    local isa
    run "$root/scripts/run" --l1 "$1" --out "$results" --witness
    echo "$output"
    cat "$results"/logs/l1-{svm,vmx}.log
    [ "$status" -eq 0 ]
    grep -q "^Measured on: Linux $2[^ ]*-cloud-amd64\$" <<<"$output"
    for isa in svm vmx; do
        [ ! -s "$results/logs/splats-$isa" ] && [ -e "$results/logs/splats-$isa" ]
        ! grep -E 'disagrees about version|Unknown symbol' "$results"/logs/l1-$isa.log
    done
    [ "$(grep -cE '^[en]pt=[01]: the counters and the tracepoint agree in each of [0-9]+ windows, [0-9]+ exits$' <<<"$output")" -eq 4 ]
    [ "$(jq -r '.verdict' "$results"/[en]pt=[01].json | paste -sd ' ')" = 'PASS PASS PASS PASS' ]
}

@test "each of this distribution's own kernels: PASS under all settings" {
    [ -n "$(unchanged_kernels)" ]
    for name in $(unchanged_kernels); do
        passes "$name" "$(. "$root/lab/lib/kernel-table.sh" && kernel_value "$name" series)"
        built_at_once "$name"
        rm -r "$results"
    done
}

@test "a kernel whose headers are missing is told, with the package" {
    mkdir "$BATS_TEST_TMPDIR/bin"
    printf '#!/bin/sh\n' >"$BATS_TEST_TMPDIR/bin/find"
    chmod +x "$BATS_TEST_TMPDIR/bin/find"
    for name in $(unchanged_kernels); do
        package=$(. "$root/lab/lib/kernel-table.sh" && headers_package "$name")
        [[ $package != */* ]] || continue # of another suite, which is downloaded
        PATH=$BATS_TEST_TMPDIR/bin:$PATH run "$root/lab/build-kernel" --l1 "$name"
        echo "$output"
        [ "$status" -eq 69 ]
        [[ $output == *"install the package $package" ]]
    done
}
