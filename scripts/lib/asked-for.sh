# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# asked_for WORD...: puts those of a command's arguments that decide which packages it needs into asked_for, for
# scripts/install-packages. What is wrong with them is for the command to say. Sourced.
asked_for() {
    asked_for=()
    while (($#)); do
        [[ $1 != --witness && $1 != --counters ]] || asked_for+=(--trace)
        # What compiles a small kernel compiles a tree's.
        # shellcheck source=lab/lib/kernel-table.sh
        [[ $1 != --tree ]] || asked_for+=(--trace --l1 "$(. "$(dirname "${BASH_SOURCE[0]}")/../../lab/lib/kernel-table.sh" && small_kernel)")
        [[ ($1 != --l1 && $1 != --setting) || $# == 1 ]] || asked_for+=("$1" "$2")
        shift
    done
}
