# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# CONTRIBUTING.md's recipe for a kernel version: one line, and the folder of its series. Needs EXITSCOPE (set by ctest).

load recipes

setup() {
    copy=$BATS_TEST_TMPDIR/copy
    make_copy "$copy"
    cd "$copy"
    export EXITSCOPE_ROOT=$copy EXITSCOPE_OS_RELEASE=$BATS_TEST_TMPDIR/os-release
    printf 'ID=debian\nVERSION_ID="12"\n' >"$EXITSCOPE_OS_RELEASE"
}

# Before the older ones.
add_line() {
    local line
    line=$(recipe 'A kernel version' 2 | sed 's/VERSION/99.1/g')
    sed -i "0,/^[^#]/{/^[^#]/i $line
}" lab/kernels
}

# The recipe, for Linux 99.1.
add_kernel() {
    local command
    command=$(recipe 'A kernel version' 1)
    ${command/VERSION/99.1}
    add_line
    [ "$(recipe 'A kernel version' 3)" = 'scripts/test --label patch' ]
}

@test "a kernel version is one line, and the folder of its series" {
    add_kernel
    diff <(touched . | sed -E 's/^\+[0-9]+-0 (kvm-patch)/\1/' | sort) \
        <({ echo '+1-0 lab/kernels' && printf 'kvm-patch/99.1/%s\n' $(cd kvm-patch/7.3 && ls); } | sort)
}

@test "all that names the kernels has the new one: help, completion, packages, building" {
    add_kernel
    for command in run linux lab; do
        "$EXITSCOPE" $command --help | tr -s ' \n' ' ' | grep -E -- '--l1 .* 99\.1[,;]'
    done
    lab/build-kernel --help | grep -x '  99.1 *npt=1,npt=0 *a small kernel'
    . scripts/completion.bash
    COMP_WORDS=(exitscope run --l1 99) COMP_CWORD=3
    _exitscope
    [ "${COMPREPLY[*]}" = 99.1 ]
    EXITSCOPE_DEBIAN_MIRROR=file:/nonexistent run lab/build-kernel --l1 99.1
    [ "$status" -eq 69 ]
    [[ $output == *'the source of the L1 kernel 99.1 is missing'* ]]
    bats tests/scripts/kernels.bats --filter 'the table and the folders go together'
}

@test "a line without its folder, and a folder without its line, are seen" {
    add_line
    run bats tests/scripts/kernels.bats --filter 'the table and the folders go together'
    [ "$status" -eq 1 ]
    git checkout --quiet lab/kernels
    cp -r kvm-patch/7.3 kvm-patch/99.1
    run bats tests/scripts/kernels.bats --filter 'the table and the folders go together'
    [ "$status" -eq 1 ]
}
