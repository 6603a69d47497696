# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# The patch series as text. Needs linux-source and headers of each version, git and perl; unpacks the source once (15 s each),
# then takes seconds.

load series

setup_file() {
    export root trees=$BATS_FILE_TMPDIR
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    local version
    for version in $(series_here); do
        apply_series "$version" "$trees/$version" >"$trees/$version.am" || true
    done
}

setup() {
    mapfile -t versions < <(series_here)
}

@test "there is a series for 6.1, one for 6.12 and one for 7.3" {
    for version in 6.1 6.12 7.3; do
        [[ " ${versions[*]} " == *" $version "* ]]
    done
}

@test "each series applies with git am, each patch as one commit" {
    for version in "${versions[@]}"; do
        cat "$trees/$version.am"
        [ ! -s "$trees/$version.am" ]
        patches=("$root/kvm-patch/$version"/*.patch)
        [ "$(git -C "$trees/$version" rev-list --count base..HEAD)" -eq ${#patches[@]} ]
    done
}

@test "the base commit is that of the source named in kvm-patch/README.md" {
    for version in "${versions[@]}"; do
        package=$(source_version "$version")
        grep -qF "\`linux-source-$version\` ($package)" "$root/kvm-patch/README.md" ||
            skip "linux-source-$version is $package by now; the series still applies"
        base=$(sed -n 's/^base-commit: //p' "$root/kvm-patch/$version"/0001-*.patch)
        echo "$version: $base"
        [ "$base" = "$(git -C "$trees/$version" rev-parse base)" ]
    done
}

@test "checkpatch has nothing to say but to think of MAINTAINERS" {
    cd "$trees" # in this repository's tree it would take a patch for a source file
    for version in "${versions[@]}"; do
        for patch in "$root/kvm-patch/$version"/*.patch; do
            perl "$trees/$version/scripts/checkpatch.pl" --no-tree --strict --ignore FILE_PATH_CHANGES "$patch"
        done
    done
}

@test "each patch says what it is for and who signs it" {
    for patch in "$root"/kvm-patch/[0-9]*/*.patch; do
        echo "$patch"
        tr '\n' ' ' <"$patch" | grep -qE 'Subject: \[PATCH [0-9]+/[0-9]+\] KVM: x86: [A-Z]'
        grep -qx 'Signed-off-by: The exitscope authors <exitscope@users.noreply.example>' "$patch"
        [ "$(git interpret-trailers --parse "$patch" | grep -vc '^Signed-off-by: The exitscope')" -eq 0 ]
    done
}

@test "the kernel's copy of the ABI is the ABI" {
    for version in "${versions[@]}"; do
        cmp "$root/abi/exit_counters.h" "$trees/$version/arch/x86/kvm/exit_counters_abi.h"
        cmp "$root/abi/exit_reasons.def" "$trees/$version/arch/x86/kvm/exit_reasons.def"
    done
}

# are_listed VERSION FILE PATTERN LEAST MACRO PREFIX: the numbers that the pattern takes out of the kernel's uapi header are in the ABI.
are_listed() {
    local numbers number
    mapfile -t numbers < <(git -C "$trees/$1" show "base:arch/x86/include/uapi/asm/$2" | sed -nE "s/$3/\\1/p")
    [ "${#numbers[@]}" -ge "$4" ]
    for number in "${numbers[@]}"; do
        grep -qE "^$5\\($6$number, " "$root/abi/exit_reasons.def" || { echo "$1: $5 $6$number" && false; }
    done
}

# SVM_EXIT_SW and what follows it are the software's own, and SVM_EXIT_ERR is KVM's name for VMEXIT_INVALID.
@test "every exit reason that the kernel has a name for is in the ABI" {
    for version in "${versions[@]}"; do
        are_listed "$version" vmx.h '^#define EXIT_REASON_[A-Z_0-9]+[ \t]+([0-9]+)$' 60 EXIT_REASON_VMX ''
        are_listed "$version" svm.h '^#define SVM_EXIT_[A-Z_0-9]+[ \t]+0x0*([0-9a-f]{2,3})$' 90 'EXIT_REASON_SVM(_NO_REGISTER)?' 0x
    done
}

# Prints the files that a series adds.
new_files() {
    git -C "$trees/$1" diff --name-only --diff-filter=A base HEAD
}

@test "what is new stands in files of its own, the same bytes in every version" {
    expected=$(new_files "${versions[0]}")
    [ "$(wc -l <<<"$expected")" -eq 7 ]
    for version in "${versions[@]:1}"; do
        [ "$(new_files "$version")" = "$expected" ]
        for file in $expected; do
            cmp "$trees/${versions[0]}/$file" "$trees/$version/$file"
        done
    done
}

@test "existing code files lose a line only where an error path moves" {
    for version in "${versions[@]}"; do
        git -C "$trees/$version" diff --numstat --diff-filter=M base HEAD -- '*.c' '*.h' | tee "$BATS_TEST_TMPDIR/stat"
        [ "$(awk '{ lost += $2 } END { print lost }' "$BATS_TEST_TMPDIR/stat")" -le 1 ]
    done
}

@test "the new code prints nothing to the log" {
    for version in "${versions[@]}"; do
        run grep -nE '\b(printk|pr_[a-z]+|WARN|trace_printk)[A-Z_]*\(' "$trees/$version"/arch/x86/kvm/exit_counters*
        [ "$status" -eq 1 ]
    done
}

@test "each seeded bug applies to each series" {
    for version in "${versions[@]}"; do
        for mutant in "$root"/tests/mutation/mutants/*.patch "$root"/tests/patch/*.patch; do
            echo "$version: $mutant"
            patch -d "$trees/$version" -p1 --fuzz=0 --forward --dry-run <"$mutant"
        done
    done
}
