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
    cp "$checkout"/scripts/lib/{cache-folder,debian-archive}.sh "$EXITSCOPE_ROOT/scripts/lib"
    cp -r "$checkout/lab" "$EXITSCOPE_ROOT"
    cp "$list" "$EXITSCOPE_ROOT/scripts/lib"
}

@test "every line has a use, a package that is there once, and names elsewhere before programs" {
    run grep -vE '^(#|(build|lab|trace|test|browser)(:[a-z0-9=,]+)? [a-z0-9.+-]+( [a-z]+-[0-9a-z.]+=[a-z0-9.+-]+)*( [a-z0-9_-]+)*$)' "$list"
    [ -z "$output" ]
    [ -z "$(awk '!/^#/ { print $2 }' "$list" | sort | uniq -d)" ]
}

@test "what is lost without a package is a setting or a label of the tests" {
    labels=$("$checkout/scripts/test" --help | sed -nE 's/^  ([a-z]+)  .*/\1/p')
    for loss in $(awk '/^[a-z]+:/ { sub(/.*:/, "", $1); gsub(",", " ", $1); print $1 }' "$list" | tr ' ' '\n' | sort -u); do
        echo "$loss"
        [[ $loss =~ ^[en]pt=[01]$ ]] || grep -qx -e "$loss" <<<"$labels"
    done
}

@test "the programs of a package are in it" {
    while read -r package words; do
        for word in $words; do
            [[ $word != *=* ]] || continue
            echo "$package $word"
            dpkg -L "$package" | grep -qE "/s?bin/$word\$"
        done
    done < <(awk '$1 ~ /^lab(:|$)/ { $1 = ""; print }' "$list")
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
