# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# What the documents name is there, and they are easy to read where a machine can tell.

setup() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    cd "$root"
}

documents() {
    git ls-files -co --exclude-standard -- '*.md' ':!tests' | while read -r file; do
        [[ ! -f $file ]] || echo "$file"
    done
}

# links DOCUMENT: the files that it links to, as paths from the checkout.
links() {
    grep -oE '\]\([^)#]+' "$1" | sed 's/^](//' | grep -v '^https\?:' | sed "s|^|$(dirname "$1")/|"
}

# paths FILE: what it names with its path from the checkout, but for words that stand for a name of one's own.
paths() {
    grep -oE '(^|[ `("])(abi|command|docs|exitstat|guest-kernel|kvm-patch|lab|linker|meter|model|scripts|tests)/[A-Za-z0-9_./=-]*[A-Za-z0-9_]' "$1" |
        sed 's/^[ `("]//' | grep -vE 'NAME|GROUP|VERSION|SERIES'
}

# The walk of a checkout whose docs/architecture.md went through sed.
walk_with() {
    rm -rf "$BATS_TEST_TMPDIR/copy" && mkdir -p "$BATS_TEST_TMPDIR/copy/docs"
    ln -s "$root"/[a-z]* "$BATS_TEST_TMPDIR/copy" 2>/dev/null || true
    sed -E "$1" docs/architecture.md >"$BATS_TEST_TMPDIR/copy/docs/architecture.md"
    run tests/lint/check-walk "$BATS_TEST_TMPDIR/copy"
    echo "$1: $output"
    [ "$status" -eq 1 ]
    [[ $output == *"$2"* ]]
}

@test "what a document links to or names with its path exists" {
    missing=$(for file in $(documents); do
        { links "$file" && paths "$file"; } | sort -u | while read -r path; do
            [ -e "$path" ] || echo "$file: $path"
        done
    done)
    echo "$missing"
    [ -z "$missing" ]
}

@test "a document that a source file names exists" {
    run bash -c "git grep -ohE '\bdocs/[a-z-]+\.(md|1|schema\.json)\b' -- ':!*.patch' | sort -u | xargs ls"
    echo "$output"
    [ "$status" -eq 0 ]
}

@test "README's map has every folder and every document" {
    map=$(sed -n '/^## What is where/,$p' README.md)
    for folder in $(git ls-files -co --exclude-standard | sed -n 's|^\([a-z][^/]*/\).*|\1|p' | sort -u); do
        [[ $map == *"\`$folder\`"* ]] || { echo "no $folder" && false; }
    done
    for document in CONTRIBUTING.md docs/*; do
        [[ $map == *"($document)"* ]] || { echo "no $document" && false; }
    done
}

@test "each recipe of CONTRIBUTING.md has its test" {
    recipes=$(sed -nE 's/^## An? (.*)/\1/p' CONTRIBUTING.md | tr ' ' _ | sort)
    [ -n "$recipes" ]
    diff <(echo "$recipes") <(basename -s .bats tests/recipes/*.bats | sort)
}

@test "docs/architecture.md has the rooms of rooms.txt in their order" {
    diff <(sed -n 's/^| `\([a-z_/-]*\)` |.*/\1/p' docs/architecture.md) <(grep -oE '^[a-z][a-z_/-]*' tests/lint/rooms.txt)
}

@test "the way of one number never goes back, and names files and functions that exist" {
    tests/lint/check-walk
}

@test "a step back, a step too few, a file or a function that is gone are seen" {
    walk_with 's/^(\| 24 \| .*)\.\.\/command\/report\/report_check\.cpp/\1..\/lab\/boot/' 'step 24 goes back from command/report to lab'
    walk_with '/^\| 13 /d' 'step 13 is numbered'
    walk_with 's/meter\/exit_meter\.cpp/meter\/meter.cpp/' 'step 7 names no file that exists'
    walk_with 's/`write_result\(\)`/`write_all()`/' 'result_writer.cpp has no write_all()'
    walk_with 's/^9\. `command.report`$//' 'step 20: command/report/report_text.cpp is in none of the folders'
    walk_with 's/^10\. `command.result`$/10. `command\/print`/; s/^11\. `command.print`$/11. `command\/result`/' 'not in the order of rooms.txt'
    walk_with 's/^(\| (30|31) \| .*)\.\.\/command\/print\//\1..\/command\/result\//' 'the last step is not in command/print'
}

@test "the counts that documents quote of the inner Linux stand in docs/experiment-tables.md" {
    counts=$(grep -oE '\| [0-9]+' docs/experiment-tables.md | grep -oE '[0-9]+' | sort -u)
    # Programs, characters and the hundred of the timer's ticks are no counts of the tables.
    quoted=$(sed -n "/^## The coursework's questions/,\$p" docs/experiment.md | grep -oE '\b[0-9]{3,}\b' | grep -vx -e 100 -e 1024 | sort -u)
    [ "$(wc -l <<<"$quoted")" -ge 8 ]
    [ -z "$(comm -13 <(echo "$counts") <(echo "$quoted") | tee /dev/stderr)" ]
    # The rows of the phase fork that the README and the experiment show.
    fork=$(sed -n '/^| fork /,/^| touch /p' docs/experiment-tables.md | sed '/^| touch /,$d' | sed 's/fork//; s/&lt;/</' | tr -d ' ')
    shown=$({
        sed -n 's/^ *\(fork\)\? \+\([A-Z_]\+\|all\) \+\([0-9]\+\)  \([<=>]\)  *\([0-9]\+\)$/||\2|\3|\4|\5|/p' README.md
        sed -n '/^| `fork` |/,/^$/s/^| \([A-Z_]\+\|all exits\) | \([0-9]*\) | \([0-9]*\) |$/||\1|\2|.|\3|/p' docs/experiment.md | sed 's/ exits//'
    } | sort -u)
    [ "$(wc -l <<<"$shown")" -eq 12 ]
    for row in $shown; do
        grep -qx -e "$row" <<<"$fork" || { echo "no $row" && false; }
    done
}

@test "docs/report.md names every key of a report, and docs/result.md every member of a result" {
    keys=$(grep -hE '^# (exact|vary) ' tests/golden/*.serial | sed 's/"[^"]*"//g' | grep -oE ' [a-z_]+(\.[0-9a-fx]+)?=' | sed 's/\..*/.R/' | tr -d ' =' | sort -u)
    [ "$(wc -l <<<"$keys")" -ge 30 ]
    for key in $keys; do
        grep -qE "\`([^\`]*[, ])?$key[\`=, ]" docs/report.md || { echo "docs/report.md: no $key" && false; }
    done
    # Names that are keys of maps by reason or by module are no members.
    members=$(jq -r '[paths | select(length > 1 and .[-2] == "properties") | .[-1]] | unique[]' docs/result.schema.json)
    [ "$(wc -l <<<"$members")" -ge 50 ]
    for member in $members; do
        grep -qE "\`([^\`]*[{, ])?$member[\`}, ]" docs/result.md || { echo "docs/result.md: no $member" && false; }
    done
}

# untested DOCUMENT: what its rows on faults name that is no test, each with the reason.
untested() {
    sed -n 's/^| .* | `\([a-z_/]*\.[a-z]*\)` \([^|]*[^ |]\) |$/\1\t\2/p' "$1" | while IFS=$'\t' read -r file name; do
        [[ -f $file ]] || { echo "no file $file" && continue; }
        grep -qF -e "@test \"$name" -e ", $name" "$file" || echo "$file has no test $name"
    done
}

@test "each fault of docs/faults.md names a test that exists" {
    rows=$(grep -c '^| [^-]' docs/faults.md)
    headings=$(grep -c '^| fault |' docs/faults.md)
    named=$(sed -n '/^| .* | `[a-z_/]*\.[a-z]*` [^|]*|$/p' docs/faults.md | wc -l)
    [ "$named" -ge 30 ]
    [ "$named" -eq $((rows - headings)) ]
    run untested docs/faults.md
    echo "$output"
    [ -z "$output" ]
}

@test "a fault whose test is gone is seen" {
    sed -e 's,lab/crash\.bats,lab/crush.bats,' -e 's/OneWrongByte/OneRightByte/' -e 's/Ctrl-C of scripts/Ctrl-D of scripts/' docs/faults.md >"$BATS_TEST_TMPDIR/faults.md"
    run untested "$BATS_TEST_TMPDIR/faults.md"
    echo "$output"
    [[ $output == *"no file tests/lab/crush.bats"* && $output == *"report_damage_test.cpp has no test OneRightByte"* ]]
    [[ $output == *"tests/lab/interrupt.bats has no test Ctrl-D of scripts/run"* ]]
}

# docs/exit-prices.md and docs/experiment-tables.md are generated.
@test "no line is longer than 120 characters, and no row of a table than 200" {
    run awk '/^```/ { code = !code } /^\|/ { most = 200 } !/^\|/ { most = 120 }
        !code && length($0) > most { print FILENAME ":" FNR ": " length($0) " characters" }' \
        $(documents | grep -vx -e docs/exit-prices.md -e docs/experiment-tables.md)
    echo "$output"
    [ -z "$output" ]
}
