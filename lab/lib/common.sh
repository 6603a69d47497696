# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# What the lab's scripts share: messages on stderr, the cache folder, keys. Sourced; needs $program.

# shellcheck disable=SC2034 # both are for the scripts that source this
lab_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck disable=SC2034
cache_folder=${XDG_CACHE_HOME:-$HOME/.cache}/exitscope
l1_names='6.1, 6.12, 6.1-debug, 6.12-debug, debian, debian-6.12'

is_l1_name() {
    [[ ", $l1_names, " == *", $1, "* && $1 != *,* ]]
}

# Ends the script if there is no such L1 kernel, or if it cannot run in an emulator: check_l1 STATUS NAME vmx|svm.
check_l1() {
    is_l1_name "$2" || die "$1" "no such L1 kernel: $2 ($l1_names)"
    [[ $3 != vmx || $2 =~ ^[0-9.]+$ ]] || die "$1" "the L1 kernel $2 runs under npt=1 and npt=0 only"
}

say() {
    printf '%s: %d:%02d %s\n' "${program:?}" $((SECONDS / 60)) $((SECONDS % 60)) "$*" >&2
}

# Ends the script: die STATUS WORDS...
die() {
    local status=$1
    shift
    printf '%s: %s\n' "$program" "$*" >&2
    exit "$status"
}

# Prints a short name for what stdin holds.
key_of_input() {
    sha256sum | cut -c1-16
}

# Says every 20 seconds how far a log is, until killed: watch_log FILE PATTERN EXPECTED.
watch_log() {
    while sleep 20; do
        say "$(grep -c "$2" "$1") of about $3 files compiled"
    done
}
