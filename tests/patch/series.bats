# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# The patch series as text. Needs linux-source-6.1, git and perl; unpacks the source once (15 s), then takes seconds.

load debian

setup_file() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    series=$root/kvm-patch/6.1
    source_tree=$("$root/scripts/build-kvm" --kernel-release "$(debian_release)" --source-only)
    tree=$BATS_FILE_TMPDIR/tree
    mkdir "$tree"
    cp -r "$source_tree/." "$tree"
    export root series source_tree tree
    export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
    export GIT_AUTHOR_NAME=test GIT_AUTHOR_EMAIL=test@invalid GIT_COMMITTER_NAME=test GIT_COMMITTER_EMAIL=test@invalid
    git -C "$tree" init --quiet
    git -C "$tree" add --all --force
    git -C "$tree" commit --quiet --message 'linux-source-6.1'
    git -C "$tree" am --quiet "$series"/*.patch >"$BATS_FILE_TMPDIR/am" 2>&1 || true
}

@test "the series applies with git am, each patch as one commit" {
    cat "$BATS_FILE_TMPDIR/am"
    [ ! -s "$BATS_FILE_TMPDIR/am" ]
    patches=("$series"/*.patch)
    [ "$(git -C "$tree" rev-list --count HEAD)" -eq $((${#patches[@]} + 1)) ]
}

# The ABI's headers name their authors before their licence, as every file of this repository does.
@test "checkpatch has nothing to say but to think of MAINTAINERS" {
    for patch in "$series"/*.patch; do
        ignored=FILE_PATH_CHANGES
        [[ $patch != */0001-* ]] || ignored+=,SPDX_LICENSE_TAG
        perl "$source_tree/scripts/checkpatch.pl" --no-tree --strict --ignore "$ignored" "$patch"
    done
}

@test "each patch says what it is for and who signs it" {
    for patch in "$series"/*.patch; do
        echo "$patch"
        tr '\n' ' ' <"$patch" | grep -qE 'Subject: \[PATCH [0-9]+/[0-9]+\] KVM: x86: [A-Z]'
        grep -qx 'Signed-off-by: The exitscope authors <exitscope@users.noreply.example>' "$patch"
        [ "$(git -C "$tree" interpret-trailers --parse "$patch" | grep -vc '^Signed-off-by: The exitscope')" -eq 0 ]
    done
    grep -q '^base-commit:' "$series"/0001-*.patch
}

@test "the kernel's copy of the ABI is the ABI" {
    cmp "$root/abi/exit_counters.h" "$tree/arch/x86/kvm/exit_counters_abi.h"
    cmp "$root/abi/exit_reasons.def" "$tree/arch/x86/kvm/exit_reasons.def"
}

@test "existing code files lose a line only where an error path moves" {
    git -C "$tree" diff --numstat --diff-filter=M HEAD~"$(ls "$series" | wc -l)" -- '*.c' '*.h' | tee "$BATS_TEST_TMPDIR/stat"
    [ "$(awk '{ lost += $2 } END { print lost }' "$BATS_TEST_TMPDIR/stat")" -le 1 ]
}

@test "the new code prints nothing" {
    run grep -nE '\b(printk|pr_[a-z]+|WARN|trace_printk)[A-Z_]*\(' "$tree"/arch/x86/kvm/exit_counters*
    [ "$status" -eq 1 ]
}

@test "every version's copy of the new files is the same" {
    for other in "$root"/kvm-patch/*/; do
        for file in exit_counters.c exit_counters.h exit_counters_cpuid.c; do
            cmp <(new_file "$series" $file) <(new_file "$other" $file)
        done
    done
}

# Prints the added lines of a file that the series in $1 creates, in the patches' order.
new_file() {
    cat "$1"/*.patch | awk -v file="b/arch/x86/kvm/$2" \
        '/^diff --git/ { on = $4 == file } on && /^[+-]/ && !/^(\+\+\+|---) /'
}
