# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# scripts/new-workload, in a copy of what it needs: a build that runs meanwhile must not see its files. Needs g++.

setup() {
    root=$BATS_TEST_TMPDIR/root
    mkdir -p "$root/scripts"
    cd "$BATS_TEST_DIRNAME/../.."
    cp scripts/new-workload "$root/scripts"
    cp -r guest-kernel model abi "$root"
    file=$root/guest-kernel/workloads/instruction/fancy_2.cpp
}

new_workload() {
    run "$root/scripts/new-workload" "$@"
    echo "$output"
}

compile() {
    run g++ -std=c++20 -ffreestanding -Wall -Wextra -Werror -I"$root/guest-kernel" -I"$root" -I"$root/abi" -c -o "$BATS_TEST_TMPDIR/o" "$file"
    echo "$output"
}

refuses() {
    local text=$1
    shift
    find "$root" | sort >"$BATS_TEST_TMPDIR/before"
    new_workload "$@"
    [ "$status" -eq 2 ]
    [[ $output == "new-workload: "*"$text"* ]]
    find "$root" | sort | diff "$BATS_TEST_TMPDIR/before" -
}

@test "--help states the exit codes" {
    new_workload --help
    [ "$status" -eq 0 ]
    [[ $output == *"Exit codes: 0 written, 2 wrong usage"* ]]
}

@test "the compiler refuses a fresh workload and says that a TODO is left" {
    new_workload fancy_2
    [ "$status" -eq 0 ]
    [ "$output" = "$file" ]
    compile
    [ "$status" -ne 0 ]
    [[ $output == *workload_has_a_todo_left* ]]
}

@test "one TODO that is left is enough" {
    new_workload fancy_2
    for text in summary why source; do
        "$root/scripts/new-workload" "${text}_left"
        file=$root/guest-kernel/workloads/instruction/${text}_left.cpp
        sed -i "/\.$text = /! s/TODO: //" "$file"
        compile
        [ "$status" -ne 0 ]
        [[ $output == *workload_has_a_todo_left* ]]
    done
}

@test "the template, filled in, compiles in its group" {
    new_workload fancy_2 --group debug_register
    file=$root/guest-kernel/workloads/debug_register/fancy_2.cpp
    [ "$output" = "$file" ]
    sed -i 's/TODO: //' "$file"
    compile
    [ "$status" -eq 0 ]
    grep -q 'group = Group::debug_register,' "$file"
}

@test "the template is formatted" {
    new_workload fancy_2
    cp "$BATS_TEST_DIRNAME/../../.clang-format" "$root"
    clang-format --dry-run --Werror "$file"
}

@test "a workload that exists stays as it is" {
    new_workload fancy_2
    echo mine >"$file"
    refuses "there is a workload of that name" fancy_2
    refuses "there is a workload of that name" fancy_2 --group paging
    [ "$(cat "$file")" = mine ]
    refuses "there is a workload of that name" cpuid
}

@test "ill-formed names and groups are named and nothing is written" {
    for name in Cpuid 2nd _a a_ a__b a-b a.b ../a 'a b' ''; do
        refuses "" "$name"
    done
    refuses "C++ has another use for the name int" int
    refuses "a workload has a function of the name step" step
    refuses "one NAME only" one two
    refuses "a NAME is needed"
    refuses "--group needs a value" one --group
    refuses "unknown argument --grope" one --grope paging
    refuses "no such group: pagan (canary control instruction" one --group pagan
}
