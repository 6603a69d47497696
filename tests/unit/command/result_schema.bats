# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# docs/result.schema.json describes what the command writes, and refuses what it would not read.
# Needs EXITSCOPE (set by ctest), python3-jsonschema, jq.

setup() {
    root=$(cd "$BATS_TEST_DIRNAME/../../.." && pwd)
    golden=$root/tests/golden/ept=1.json
}

# fits FILE: it does what the schema says.
fits() {
    python3 - "$root/docs/result.schema.json" "$1" <<'PYTHON'
import json, sys
from jsonschema import Draft202012Validator as Validator
schema, document = (json.load(open(name)) for name in sys.argv[1:])
Validator.check_schema(schema)
errors = [f"{error.json_path}: {error.message[:200]}" for error in Validator(schema).iter_errors(document)]
print(*errors, sep="\n")
sys.exit(bool(errors))
PYTHON
}

# refused FILTER: the golden result, changed by jq's FILTER, neither fits nor can be read.
refused() {
    jq "$1" "$golden" >"$BATS_TEST_TMPDIR/changed.json"
    run fits "$BATS_TEST_TMPDIR/changed.json"
    echo "$1: $output"
    [ "$status" -eq 1 ]
    run "$EXITSCOPE" show "$BATS_TEST_TMPDIR/changed.json"
    echo "$output"
    [ "$status" -eq 2 ]
}

@test "results of every setting, whole or not, fit" {
    for setting in ept=1 ept=0 npt=1 npt=0; do
        for bytes in 100000000 5000 0; do
            head -c $bytes "$root/tests/golden/$setting.serial" >"$BATS_TEST_TMPDIR/serial"
            run "$EXITSCOPE" result --setting $setting --serial "$BATS_TEST_TMPDIR/serial" --status 33 --no-host-evidence \
                --out "$BATS_TEST_TMPDIR/$bytes"
            [ -s "$BATS_TEST_TMPDIR/$bytes/$setting.json" ]
            fits "$BATS_TEST_TMPDIR/$bytes/$setting.json"
        done
    done
    fits "$golden"
}

@test "what show --format json writes fits, and is the file itself" {
    "$EXITSCOPE" show --format json "$golden" >"$BATS_TEST_TMPDIR/shown.json"
    fits "$BATS_TEST_TMPDIR/shown.json"
    cmp "$golden" "$BATS_TEST_TMPDIR/shown.json"
}

@test "what is no result neither fits nor can be read" {
    refused '.version = 1'
    refused '.version = 3'
    refused '.format = "other"'
    refused 'del(.workloads)'
    refused '.setting = "ept=2"'
    refused '.workloads[0].exits["10"] = -1'
    refused '.workloads[0].exits["10"] = "100"'
    refused '.workloads[0].exits["ten"] = 1'
    refused '.workloads[0].verdict = "GOOD"'
    refused 'del(.workloads[0].noise)'
}
