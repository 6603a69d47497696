# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Whether what the cache holds is still what was put there: the check sums of a folder's own files are beside it. Sourced.

# keep_sums FOLDER
keep_sums() {
    local sums
    sums=$(mktemp "$1.sums.XXXXXX") || return
    (cd "$1" && find . -maxdepth 1 -type f -print0 | LC_ALL=C sort -z | xargs -0r sha256sum) >"$sums" || { rm -f "$sums" && return 1; }
    mv "$sums" "$1.sums"
}

# is_whole FOLDER: is it there, and as it was when it was made? One that an earlier version made has no sums yet, and gets them.
# One that is damaged is told of and removed, so that it is made again.
is_whole() {
    local found
    [[ -d $1 ]] || return 1
    [[ -e $1.sums ]] || keep_sums "$1" || return 0
    # A folder without files has no sums to compare.
    [[ -s $1.sums ]] || return 0
    found=$(cd "$1" && sha256sum --check --quiet --strict "$1.sums" 2>&1) && return
    printf '%s: the cache is damaged, %s is made again: %s\n' "${program:-${0##*/}}" "$1" "$(head -n 1 <<<"$found")" >&2
    rm -rf "$1" "$1.sums"
    return 1
}
