# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Tests of every version of the series, which keep the consoles' texts in $BATS_FILE_TMPDIR/VERSION-ISA, of the instruction set
# EXITSCOPE_TEST_ISA (vmx, svm) or both. ctest runs the long ones once for each, as each takes one processor.
# EXITSCOPE_TEST_VERSION: this version only.

versions() {
    (. "${root:?}/lab/lib/kernel-table.sh" && printf '%s\n' "${EXITSCOPE_TEST_VERSION:-$(series_here)}")
}

# expect_in_each ISA EXPECTED PATTERN: in each version's log the lines with the pattern are those expected.
expect_in_each() {
    local version found
    for version in $(versions); do
        found=$(grep -E "$3" "$BATS_FILE_TMPDIR/$version-$1") || true
        if [ "$found" != "$2" ]; then
            printf '%s %s, expected:\n%s\nfound:\n%s\n' "$version" "$1" "$2" "$found"
            grep -vE '^# .* done after' "$BATS_FILE_TMPDIR/$version-$1"
            return 1
        fi
    done
}

# Prints the instruction sets to test.
instruction_sets() {
    tr ' ' '\n' <<<"${EXITSCOPE_TEST_ISA:-svm vmx}"
}

# for_each_isa COMMAND...: COMMAND ISA for both, side by side; fails if one does.
for_each_isa() {
    local isa running=()
    for isa in $(instruction_sets); do
        "$@" "$isa" 3>&- &
        running+=($!)
    done
    for isa in "${running[@]}"; do
        wait "$isa"
    done
}

# wants ISA: skips a test of the other one.
wants() {
    [[ $(instruction_sets) == *$1* ]] || skip "not among the instruction sets to test"
}
