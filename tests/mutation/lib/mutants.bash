# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# What the mutants say of themselves. Sourced by run; needs $here and the array mutants. Beside the mutants there are
# the names "unmutated", the series itself, and "unmutated-NAME", the series with tests/patch/NAME.patch, for mutants
# that only a check with such modules can find.
# shellcheck disable=SC2154

all_mutants() {
    (cd "$here/mutants" && printf '%s\n' *.patch | sed 's/\.patch$//')
}

# The value of a line "FIELD: VALUE" at the top of a mutant: field NAME FIELD.
field() {
    sed -n "s/^$2: //p;/^---/q" "$here/mutants/$1.patch"
}

# The NAME of tests/patch/NAME.patch that goes into the modules too; empty for most.
with() {
    local patch
    case $1 in
        unmutated) ;;
        unmutated-*) printf '%s\n' "${1#unmutated-}" ;;
        *) patch=$(field "$1" With) && printf '%s\n' "${patch%.patch}" ;;
    esac
}

program_of() {
    local with
    with=$(with "$1")
    printf 'check_%s\n' "${with:-leaves}"
}

# The names to check on that instruction set: first, what the mutants are measured against.
names_on() {
    local name with mine=()
    local -A needed=()
    for name in "${mutants[@]}"; do
        [[ $(field "$name" On) == "$1" ]] || continue
        mine+=("$name")
        with=$(with "$name")
        needed[unmutated${with:+-$with}]=yes
    done
    ((${#mine[@]} == 0)) || printf '%s\n' "${!needed[@]}" "${mine[@]}"
}
