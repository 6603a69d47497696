# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# A cache that is damaged, full, or another user's. Needs unshare, and EXITSCOPE (set by ctest).
#
# shellcheck disable=SC2016 # what stands in quotes is for another shell

setup() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    export root XDG_CACHE_HOME=$BATS_TEST_TMPDIR/cache TMPDIR=$BATS_TEST_TMPDIR EXITSCOPE_ROOT=$root
    # shellcheck source=scripts/lib/cache-sums.sh
    . "$root/scripts/lib/cache-sums.sh"
    program=test
    folder=$BATS_TEST_TMPDIR/folder
    mkdir -p "$folder/tree"
    echo one >"$folder/one"
    echo two >"$folder/a b"
}

# expect_damage FILE: the folder is told of, with the file, and is gone.
expect_damage() {
    run is_whole "$folder"
    echo "$output"
    [ "$status" -eq 1 ]
    [[ $output == "test: the cache is damaged, $folder is made again: "*"$1"* ]]
    [ ! -e "$folder" ] && [ ! -e "$folder.sums" ]
    run is_whole "$folder"
    [ "$status" -eq 1 ] && [ -z "$output" ]
}

@test "what is as it was is whole, whatever lies in its folders" {
    keep_sums "$folder"
    : >"$folder/tree/new"
    run is_whole "$folder"
    [ "$status" -eq 0 ] && [ -z "$output" ]
    [ "$(ls "$BATS_TEST_TMPDIR")" = $'folder\nfolder.sums' ]
}

@test "a file that was cut, changed or lost is seen, in a cache without sums from its next use on" {
    is_whole "$folder"
    truncate -s 3 "$folder/a b"
    expect_damage 'a b'
    setup
    keep_sums "$folder"
    echo eno >"$folder/one"
    expect_damage one
    setup
    keep_sums "$folder"
    rm "$folder/one"
    expect_damage one
    setup
    keep_sums "$folder"
    echo nonsense >"$folder.sums"
    expect_damage ''
}

@test "an image that is damaged is told of and built again, with the same bytes" {
    mkdir "$BATS_TEST_TMPDIR/kernel"
    : >"$BATS_TEST_TMPDIR/kernel/irqbypass.ko"
    image=$("$root/lab/build-image" "$BATS_TEST_TMPDIR/kernel")
    before=$(sha256sum <"$image/base.cpio")
    run "$root/lab/build-image" "$BATS_TEST_TMPDIR/kernel"
    [ "$output" = "$image" ]
    truncate -s -1000 "$image/base.cpio"
    run "$root/lab/build-image" "$BATS_TEST_TMPDIR/kernel"
    echo "$output"
    [ "$status" -eq 0 ]
    [[ ${lines[0]} == "build-image: the cache is damaged, $image is made again: ./base.cpio: FAILED" ]]
    [ "$(sha256sum <"$image/base.cpio")" = "$before" ]
    [ "$(ls "$XDG_CACHE_HOME/exitscope/lab-image" | wc -l)" -eq 3 ] # itself, its lock and its sums
}

# as_another_user COMMAND...: as one to whom nothing belongs, and who may not write where modes forbid it, be it root that tests.
as_another_user() {
    run unshare --user "$@"
    echo "$output"
}

@test "a cache that may not be written, or a folder in it, is named by each who would build there" {
    mkdir -p "$XDG_CACHE_HOME/exitscope/lab-kernel"
    for locked in "$XDG_CACHE_HOME/exitscope/lab-kernel" "$XDG_CACHE_HOME/exitscope"; do
        chmod 555 "$locked"
        for command in scripts/build 'scripts/build-kvm --kernel-release 6.1.0-1' lab/build-kernel 'lab/build-image /nowhere' \
            'lab/boot --isa svm' 'scripts/exitscope doctor'; do
            # shellcheck disable=SC2086 # several words
            as_another_user $root/$command
            [ "$status" -eq 2 ]
            [[ $output == *"the cache folder '$locked' cannot be taken: it belongs to "*", and you may not write to it; set XDG_CACHE_HOME to another"* ]]
        done
        as_another_user "$EXITSCOPE" run --on lab --out "$BATS_TEST_TMPDIR/out"
        [ "$status" -eq 2 ]
        [[ $output == *"the cache folder '$locked' cannot be taken: you may not write to it; set XDG_CACHE_HOME to another"* ]]
        [ ! -e "$BATS_TEST_TMPDIR/out" ]
        chmod 755 "$locked"
    done
}

# with_qemu VERSION: L1's emulator says that it is of that version; nothing for none.
with_qemu() {
    mkdir -p "$BATS_TEST_TMPDIR/bin" "$BATS_TEST_TMPDIR/job/runs"
    rm -f "$BATS_TEST_TMPDIR/bin/qemu-system-x86_64"
    local version=$1 tool
    if [[ -n $version ]]; then
        printf '#!/bin/sh\necho "QEMU emulator version %s (Debian 1:%s)"\n' "$version" "$version" >"$BATS_TEST_TMPDIR/bin/qemu-system-x86_64"
        chmod +x "$BATS_TEST_TMPDIR/bin/qemu-system-x86_64"
    fi
    for tool in bash env sed sort dirname stat awk cut cat grep ls; do
        ln -sf "$(type -P $tool)" "$BATS_TEST_TMPDIR/bin/"
    done
    status=0
    output=$(PATH=$BATS_TEST_TMPDIR/bin "$root/lab/boot" --isa svm --job "$BATS_TEST_TMPDIR/job" --out "$BATS_TEST_TMPDIR/out" 2>&1) || status=$?
    echo "$output"
}

@test "a QEMU that is missing or too old is named before anything is built" {
    with_qemu ''
    [ "$status" -eq 1 ]
    [[ $output == *"QEMU is missing (qemu-system-x86_64): scripts/install-packages installs it" ]]
    with_qemu 7.1.0
    [ "$status" -eq 1 ]
    [[ $output == *"QEMU 7.1.0 is older than 7.2, the oldest that the lab is tested with: lab/fetch-emulators bookworm gets that" ]]
    [ ! -e "$XDG_CACHE_HOME" ]
    # This one is not refused; what else is missing here comes next.
    with_qemu 7.2.22
    [[ $output != *QEMU* && $output == *"tr: command not found"* ]]
}
