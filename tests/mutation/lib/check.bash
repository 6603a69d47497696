# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Runs the checks on the mutants in L1, as many in one boot as it bears. Sourced by run; needs l1.bash, $root, $here,
# $work, $series and the functions of mutants.bash and build.bash.
# shellcheck disable=SC2154

make_initrd() {
    local isa=$1 folder=$2
    l1_initrd "$folder"
    l1_programs "$folder"
    install "$root/tests/patch/l1_init" "$folder/init"
    install -m 644 "$here/steps" "$folder/steps"
    cp "$kernel/irqbypass.ko" "$folder/"
    mkdir "$folder/modules"
    echo "$isa" >"$folder/isa"
}

# Prints "NAME<tab>VERDICT" for each name. One that hangs or breaks L1 costs a boot: the next goes on after it.
check_all() {
    local isa=$1 folder=$work/$1 names name boot=0 last
    mapfile -t names < <(names_on "$isa")
    ((${#names[@]})) || return 0
    make_initrd "$isa" "$folder"
    while ((${#names[@]})); do
        rm -rf "$folder"/modules/*
        : >"$folder/names"
        for name in "${names[@]}"; do
            cp -r "$work/modules/$isa/$name" "$folder/modules/"
            printf '%s %s\n' "$name" "$(program_of "$name")" >>"$folder/names"
        done
        # The shell's words about the emulator it has killed are of no use to anybody.
        BATS_TEST_TMPDIR=$work l1_limit=1200 boot_l1 "$isa" "$folder" "$series" 2>>"$work/$isa.stderr"
        cp "$log" "$work/$isa.console.$((++boot))"
        grep '^VERDICT' "$log" | cut -f 2- || true
        ! grep -qx 'END' "$log" || return 0

        last=$(sed -n 's/^BEGIN \([^ ]*\).*/\1/p' "$log" | tail -n 1)
        [[ -n $last ]] || { printf '%s\tNOT TRIED: L1 did not start\n' "${names[@]}" && return; }
        grep -q "^VERDICT	$last	" "$log" ||
            printf '%s\tcaught by L1: %s\n' "$last" "$(grep -m 1 -E 'BUG:|Oops|WARNING' "$log" || echo 'it hangs')"
        while [[ ${names[0]} != "$last" ]]; do
            names=("${names[@]:1}")
        done
        names=("${names[@]:1}")
    done
}
