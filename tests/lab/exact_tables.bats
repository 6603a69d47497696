# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# What the runs of exact.bats show of all four settings together: the README's table, docs/exit-prices.md, docs/nested.md,
# how much the catalogue covers. Needs GUEST and EXITSCOPE (set by ctest), jq. EXITSCOPE_TEST_RESULTS: where exact.bats left its results.

load settings

setup() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    runs=${EXITSCOPE_TEST_RESULTS:?}
    [ "$(settings)" = "ept=1 ept=0 npt=1 npt=0" ] || skip "it has all four settings"
    mapfile -t chosen < <(tr ' ' '\n' <<<"$(settings)")
}

@test "the catalogue provokes at least 25 reasons of each instruction set, and 45 of its workloads are exact in both" {
    for isa in ept npt; do
        [ "$(jq -s '[.[].workloads[].exits | keys[]] | unique | length' "$runs/$isa="[01]"/1/$isa="[01].json)" -ge 25 ]
    done
    exact=$(jq -s '[.[] | .setting[:3] as $isa | .workloads[] | select(.verdict == "PASS") | {name, $isa}] | unique
        | group_by(.name) | map(select(length == 2)) | length' "$runs"/*/1/[en]pt=[01].json)
    [ "$exact" -ge 45 ]
}

# The README picks some rows of the table.
@test "each row of the README's table is measured so" {
    results=()
    for setting in "${chosen[@]}"; do
        results+=("$runs/$setting/1/$setting.json")
    done
    "$EXITSCOPE" show --format markdown "${results[@]}" >"$BATS_TEST_TMPDIR/table"
    sed -n '/^| workload |/,/^$/p' "$root/README.md" | grep '^| `' >"$BATS_TEST_TMPDIR/rows"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/rows")" -eq 26 ]
    while read -r row; do
        grep -qxF -e "$row" "$BATS_TEST_TMPDIR/table" || { echo "not measured: $row" && false; }
    done <"$BATS_TEST_TMPDIR/rows"
}

# Leaves of the page's versions what its prices may depend on: a Debian release brings new ones now and then.
without_small_versions() {
    sed -E '/^- Linux /{s/ \([^)]*\)//g; s/([0-9]+\.[0-9]+)[^ ,]*/\1/g}' "$1"
}

# Other releases have other kernels and emulators, whose faults are in docs/emulators.md.
@test "docs/exit-prices.md and docs/nested.md say what was measured" {
    [ "$(. "$root/lab/lib/kernel-table.sh" && this_distribution)" = debian-12 ] || skip "the pages are Debian 12's"
    mapfile -t arguments < <("$root/lab/qemu-arguments" accelerator=tcg serial="$BATS_TEST_TMPDIR/list" kernel="$GUEST" append=list)
    run qemu-system-x86_64 "${arguments[@]}"
    [ "$status" -eq 39 ]
    results=()
    for setting in "${chosen[@]}"; do
        results+=("$runs/$setting"/{1,price-*,on-*}/"$setting.json")
    done
    "$EXITSCOPE" prices --list "$BATS_TEST_TMPDIR/list" "${results[@]}" >"$BATS_TEST_TMPDIR/prices"
    diff <(without_small_versions "$root/docs/exit-prices.md") <(without_small_versions "$BATS_TEST_TMPDIR/prices")
    "$EXITSCOPE" prices --nested --list "$BATS_TEST_TMPDIR/list" "${results[@]}" | diff "$root/docs/nested.md" -
}
