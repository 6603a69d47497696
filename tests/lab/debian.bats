# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# The modules on Debian's unchanged cloud kernels: they load, unload, load again with other parameters, and count
# exactly. Downloads the kernels' packages if they are not cached; installs none of them.

setup() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    results=$BATS_TEST_TMPDIR/results
}

# Prints those kernels, one a line.
unchanged_kernels() {
    (. "$root/lab/lib/kernel-table.sh" && kernels_with image '[^-]')
}

# passes L1 VERSION: the guest kernel passes under npt=1 and npt=0 on that kernel.
passes() {
    run "$root/scripts/run" --l1 "$1" --out "$results"
    echo "$output"
    cat "$results"/logs/l1-svm.log
    [ "$status" -eq 0 ]
    grep -q "^Measured on: Linux $2[^ ]*-cloud-amd64\$" <<<"$output"
    [ ! -s "$results/logs/splats-svm" ] && [ -e "$results/logs/splats-svm" ]
    [ -s "$results/npt=1.json" ] && [ -s "$results/npt=0.json" ] && [ ! -e "$results/ept=1.json" ]
    ! grep -E 'disagrees about version|Unknown symbol' "$results"/logs/l1-svm.log
}

@test "each of this distribution's own kernels: PASS under npt=1 and npt=0" {
    [ -n "$(unchanged_kernels)" ]
    for name in $(unchanged_kernels); do
        passes "$name" "$(. "$root/lab/lib/kernel-table.sh" && kernel_value "$name" series)"
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
