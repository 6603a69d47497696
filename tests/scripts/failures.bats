# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# What scripts/test tells at its end, made from a real CTest's log.

setup() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    cd "$BATS_TEST_TMPDIR"
}

# failures: runs the tests of CTestTestfile.cmake and tells their failures.
failures() {
    ctest --output-on-failure >/dev/null 2>&1 || true
    awk -f "$root/scripts/lib/failures.awk" Testing/Temporary/LastTest.log
}

@test "of a TAP output the parts that failed, of any other its end, and of what passed nothing" {
    cat >CTestTestfile.cmake <<'CMAKE'
add_test(good bash -c "echo 'not ok 1 in name only'")
add_test(tap bash -c "printf '%s\n' 1..3 'ok 1 a' 'not ok 2 b' '# why' 'ok 3 c' 'not ok 4 d' '# so'; exit 1")
add_test(long bash -c "seq 1000; exit 3")
add_test(silent false)
add_test(slow bash -c "echo begun; exec sleep 60")
set_tests_properties(slow PROPERTIES TIMEOUT 1)
CMAKE
    diff <(failures) - <<TEXT

tap:
  not ok 2 b
  # why
  not ok 4 d
  # so

long:
$(seq 961 1000 | sed 's/^/  /')

silent:

slow:
  begun
TEXT
}

@test "a failure that says a lot is told from its head" {
    echo "add_test(tap bash -c \"echo 'not ok 1 a'; seq 1000 | sed 's/^/# /'; exit 1\")" >CTestTestfile.cmake
    diff <(failures) <(printf '\ntap:\n  not ok 1 a\n' && seq 39 | sed 's/^/  # /')
}

@test "where all passed nothing is told" {
    echo 'add_test(good true)' >CTestTestfile.cmake
    [ -z "$(failures)" ]
}

@test "the ten that took longest are told, the longest first, whatever a test prints" {
    {
        for number in {1..12}; do
            echo "add_test(quick_$number true)"
        done
        cat <<'CMAKE'
add_test(slow bash -c "sleep 1; printf '%s\\n' '1/1 Testing: liar' 'Test time =  99.00 sec'")
add_test(slowest bash -c "sleep 2; exit 1")
CMAKE
    } >CTestTestfile.cmake
    ctest >/dev/null 2>&1 || true
    run awk -f "$root/scripts/lib/slowest.awk" Testing/Temporary/LastTest.log
    echo "$output"
    [ "${#lines[@]}" -eq 11 ]
    [ "${lines[0]}" = "Longest, in seconds:" ]
    [[ ${lines[1]} =~ ^\ *2\.[0-9]\ slowest$ && ${lines[2]} =~ ^\ *1\.[0-9]\ slow$ ]]
    [ "$(printf '%s\n' "${lines[@]:3}" | grep -cE '^ *0\.[0-9] quick_[0-9]+$')" -eq 8 ]
}
