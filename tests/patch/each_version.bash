# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Tests of every version of the series, which keep the consoles' texts in $BATS_FILE_TMPDIR/VERSION-ISA.

versions() {
    (. "${root:?}/lab/lib/kernel-table.sh" && series_here)
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
