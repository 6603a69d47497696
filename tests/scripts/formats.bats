# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Each format of `exitscope show`, as a reader of that format has it. One workload's name has in it what is markup in one of them.
# A reader that is not here is skipped. Needs EXITSCOPE (set by ctest), jq and python3.

setup_file() {
    export root odd='a,b "c" |d <e> #f;g' result=$BATS_FILE_TMPDIR/result.json
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    jq --arg odd "$odd" '.verdict = "FAIL" | .problems = [{verdict: "FAIL", message: "a \"b\" & <c>"}]
        | .workloads[4] |= (.name = $odd | .verdict = "FAIL" | .message = "5 < 6 & \"7\" | 8")
        | .workloads[2] |= (.verdict = "SKIP" | .message = "no #TSC")' "$root/tests/golden/ept=1.json" >"$result"
}

show() {
    "$EXITSCOPE" show --format "$@" || (($? == 1))
}

# needs PROGRAM
needs() {
    command -v "$1" >/dev/null || skip "there is no $1"
}

fits_junit() {
    xmllint --noout --schema "$BATS_TEST_DIRNAME/junit.xsd" "$1"
}

@test "junit: its schema takes it, and what it counts is there" {
    needs xmllint
    cd "$BATS_TEST_TMPDIR"
    show junit "$result" >odd.xml
    fits_junit odd.xml
    [ "$(xmllint --xpath 'count(//testcase) = //testsuite/@tests and count(//failure) = //testsuite/@failures' odd.xml)" = true ]
    [ "$(xmllint --xpath 'count(//skipped) = //testsuite/@skipped and count(//error) = //testsuite/@errors' odd.xml)" = true ]
    [ "$(xmllint --xpath 'string(//testcase[failure][2]/@name)' odd.xml)" = "$odd" ]
    for golden in "$root"/tests/golden/*.json; do
        show junit "$golden" >golden.xml
        fits_junit golden.xml
    done
    sed 's/ type="FAIL"//' odd.xml >spoilt.xml
    ! fits_junit spoilt.xml
}

@test "ktap: the kernel's own parser reads it, with each test's name and what came of it" {
    . "$root/lab/lib/kernel-table.sh"
    archive=$("$root/scripts/kernel-source" --find "$(kernel_value "$(default_kernel)" series)" 2>/dev/null) || skip "there is no kernel source"
    XZ_DEFAULTS=-T0 tar -xJf "$archive" -C "$BATS_TEST_TMPDIR" --strip-components=1 --wildcards '*/tools/testing/kunit/*.py'
    show ktap "$result" >"$BATS_TEST_TMPDIR/report"
    cd "$BATS_TEST_TMPDIR/tools/testing/kunit"
    python3 - "$BATS_TEST_TMPDIR/report" "$result" <<'PYTHON'
import inspect, json, sys
import kunit_parser
result = json.load(open(sys.argv[2]))
lines = open(sys.argv[1]).read().splitlines()
words = [lines] if len(inspect.signature(kunit_parser.parse_run_tests).parameters) == 1 else [lines, kunit_parser.stdout]
test = kunit_parser.parse_run_tests(*words)
# What follows a # is no part of a name there.
wanted = [(each["name"].replace("#", "_"), {"PASS": "SUCCESS", "SKIP": "SKIPPED"}.get(each["verdict"], "FAILURE")) for each in result["workloads"]]
assert [(each.name, each.status.name) for each in test.subtests] == wanted + [("the_run", "FAILURE")], test
assert test.counts.errors == 0, test.counts
PYTHON
}

@test "csv: python's reader finds the same fields in each line" {
    show csv "$result" >"$BATS_TEST_TMPDIR/csv"
    python3 - "$BATS_TEST_TMPDIR/csv" "$result" <<'PYTHON'
import csv, json, sys
result = json.load(open(sys.argv[2]))
with open(sys.argv[1], newline="") as file:
    rows = list(csv.reader(file, strict=True))
assert rows[0] == "setting,workload,verdict,iterations,reason,exits,expected".split(",")
assert {len(row) for row in rows} == {7}, rows
assert list(dict.fromkeys(row[1] for row in rows[1:])) == [each["name"] for each in result["workloads"]]
PYTHON
}

@test "markdown: a renderer of GitHub's kind makes whole tables of it" {
    needs cmark-gfm
    show markdown "$result" "$result" | cmark-gfm -e table >"$BATS_TEST_TMPDIR/html"
    show markdown "$result" | cmark-gfm -e table >>"$BATS_TEST_TMPDIR/html"
    python3 - "$BATS_TEST_TMPDIR/html" "$result" <<'PYTHON'
import html.parser, json, sys

class Tables(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.tables, self.text = [], ""
    def handle_starttag(self, tag, attributes):
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self.text = None
    def handle_data(self, data):
        if self.tables and self.tables[-1] and self.tables[-1][-1]:
            self.tables[-1][-1][-1] += data

tables = Tables()
tables.feed(open(sys.argv[1]).read())
names = [each["name"] for each in json.load(open(sys.argv[2]))["workloads"]]
tables.tables = [[[cell.strip() for cell in row] for row in table] for table in tables.tables]
assert [len(table[0]) for table in tables.tables] == [3, 5, 2], tables.tables
for table in tables.tables:
    assert {len(row) for row in table} == {len(table[0])}, table
for table in (tables.tables[0], tables.tables[2]):
    # A workload of fewer iterations than others says so behind its name.
    cells = [row[0].removesuffix(" (20)") for row in table[1:]]
    assert [cell for cell in cells if cell in names] == names, table
PYTHON
}

@test "folded: each stack is frames between semicolons, a blank, and a count" {
    show folded "$result" >"$BATS_TEST_TMPDIR/folded"
    [ "$(grep -c . "$BATS_TEST_TMPDIR/folded")" -ge 5 ]
    ! grep -vE '^ept=1;[^;]+;[A-Z0-9_]+ [1-9][0-9]*$' "$BATS_TEST_TMPDIR/folded"
}
