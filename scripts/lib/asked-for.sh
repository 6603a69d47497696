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
        [[ ($1 != --l1 && $1 != --setting) || $# == 1 ]] || asked_for+=("$1" "$2")
        shift
    done
}
