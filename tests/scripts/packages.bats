# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# scripts/lib/packages.txt, the one list of what is needed. Needs Debian with the packages, and EXITSCOPE (set by ctest).

setup() {
    checkout=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    list=$checkout/scripts/lib/packages.txt
    export EXITSCOPE_ROOT=$BATS_TEST_TMPDIR/root
    mkdir -p "$EXITSCOPE_ROOT/scripts/lib"
    cp "$checkout/scripts/kernel-source" "$EXITSCOPE_ROOT/scripts"
    cp "$checkout/scripts/lib/debian-archive.sh" "$EXITSCOPE_ROOT/scripts/lib"
    cp -r "$checkout/lab" "$EXITSCOPE_ROOT"
    cp "$list" "$EXITSCOPE_ROOT/scripts/lib"
}

@test "every line has a use and a package that is there once, and its programs are in it" {
    [ "$(grep -vcE '^(#|(build|lab|test|browser) [a-z0-9.+-]+( |$))' "$list")" -eq 0 ]
    [ -z "$(awk '!/^#/ { print $2 }' "$list" | sort | uniq -d)" ]
    while read -r package programs; do
        for program in $programs; do
            echo "$package $program"
            dpkg -L "$package" | grep -qE "/s?bin/$program\$"
        done
    done < <(awk '$1 == "lab" { $1 = ""; print }' "$list")
}

@test "doctor looks for the programs of the list" {
    run "$EXITSCOPE" doctor --on lab
    echo "$output"
    [[ $output == *'ok       programs'* ]]
    printf 'lab fancy fancy-tool fancier-tool\ntest other other-tool\n' >>"$EXITSCOPE_ROOT/scripts/lib/packages.txt"
    run "$EXITSCOPE" doctor --on lab
    echo "$output"
    [ "$status" -eq 1 ]
    [[ $output == *'problem  programs'*'missing: fancy-tool, fancier-tool'*'scripts/install-packages'* ]]
}

@test "doctor says that a checkout without the list is none" {
    rm "$EXITSCOPE_ROOT/scripts/lib/packages.txt"
    run "$EXITSCOPE" doctor --on lab
    echo "$output"
    [ "$status" -eq 1 ]
    [[ $output == *"problem  checkout"*"$EXITSCOPE_ROOT/scripts/lib/packages.txt"*'or set EXITSCOPE_ROOT to a whole checkout'* ]]
}
