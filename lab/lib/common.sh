# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# What the lab's scripts share: messages on stderr, the cache folder, keys. Sourced; needs $program.

# shellcheck disable=SC2034 # both are for the scripts that source this
lab_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=scripts/lib/cache-folder.sh
. "$lab_folder/../scripts/lib/cache-folder.sh"
# shellcheck source=scripts/lib/cache-sums.sh
. "$lab_folder/../scripts/lib/cache-sums.sh"
check_checkout "${lab_folder%/*}" && find_cache_folder || exit 2
# shellcheck source=lab/lib/kernel-table.sh
. "$lab_folder/lib/kernel-table.sh"

# Ends the script if there is no such L1 kernel, or if it serves no setting of that instruction set: check_l1 NAME [vmx|svm].
check_l1() {
    local names settings isa=${2:-}
    names=$(kernel_names) || die 2 "the table of L1 kernels is wrong"
    settings=$(kernel_value "$1" settings) || die 2 "no such L1 kernel: $1 (${names//$'\n'/, })"
    case $isa in
        vmx) [[ $settings == *ept=* ]] ;;
        svm) [[ $settings == *npt=* ]] ;;
    esac || die 2 "the L1 kernel $1 runs under ${settings//,/ and } only"
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
