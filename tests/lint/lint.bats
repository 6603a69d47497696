# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Rules that a machine can check. Needs shellcheck, clang-format and g++.

setup() {
    cd "$BATS_TEST_DIRNAME/../.."
}

tracked() {
    git ls-files -co --exclude-standard -- "$@"
}

cpp_files() {
    tracked '*.cpp' '*.h' | grep -v '^abi/'
}

@test "C++ is formatted" {
    cpp_files | xargs clang-format --dry-run --Werror
}

@test "shell scripts are shellcheck clean" {
    tracked | while read -r file; do
        [[ -f $file ]] && head -n 1 "$file" | grep -qE '^#!/usr/bin/env bash|^#!/bin/sh|^# shellcheck shell=' && echo "$file"
    done | xargs shellcheck -x
}

@test "every header compiles alone" {
    for header in $(cpp_files | grep '\.h$') abi/exit_counters.h; do
        echo "$header"
        g++ -std=c++20 -fsyntax-only -Wall -Wextra -Werror -Iguest-kernel -Iabi -Ihost -Icommand \
            -Itests/unit/guest -Itests/unit/host -include "$PWD/$header" -x c++ /dev/null
    done
}

# abi <- core <- arch <- counters, workloads <- report <- runner <- boot; a workload does not know that it
# is measured.
@test "includes of the guest kernel go one way" {
    declare -A allowed=(
        [core]='core'
        [arch]='core arch'
        [counters]='core counters'
        [workloads]='core arch workloads'
        [report]='core counters workloads report'
        [runner]='core arch counters workloads report runner'
        [boot]='core arch counters workloads report runner boot'
        [freestanding]=''
    )
    for folder in guest-kernel/*/; do
        folder=$(basename "$folder")
        [[ -v allowed[$folder] ]] || { echo "no rule for guest-kernel/$folder"; false; }
        while IFS=: read -r file include; do
            target=${include%%/*}
            echo "$file includes $include"
            [[ " ${allowed[$folder]} " == *" $target "* ]]
        done < <(grep -roE '#include "[a-z_]+/' "guest-kernel/$folder" | sed 's/#include "//')
    done
}

@test "the host command includes nothing of the guest kernel" {
    run grep -rnE '#include "(core|arch|counters|workloads|report|runner|boot)/' host command
    [ "$status" -eq 1 ]
}

@test "exitstat takes of the guest kernel what reads counters, and nothing else" {
    run grep -rhoE '#include "[a-z_]+/[a-z_.]+"' exitstat
    [ "$status" -eq 0 ]
    [ -z "$(grep -vE '"(core|counters)/|"arch/cpuid.h"' <<<"$output")" ]
}

@test "the pure parts of the guest kernel have no assembly" {
    run grep -rnE '\basm\b' guest-kernel/{core,counters,workloads,report,runner,boot} --include=*.cpp --include=*.h
    [ "$status" -eq 1 ]
}

@test "every source file names its licence" {
    tracked '*.cpp' '*.h' '*.def' '*.S' '*.lds' '*.bats' 'scripts/*' 'lab/*' '*CMakeLists.txt' |
        grep -vE '\.(txt|md|json|config)$' | while read -r file; do
        head -n 5 "$file" | grep -q 'SPDX-License-Identifier' || { echo "$file"; false; }
    done
}

@test "no file is longer than one concept: 250 lines" {
    tracked '*.cpp' '*.h' '*.S' '*.bats' 'scripts/*' 'lab/*' | while read -r file; do
        lines=$(wc -l <"$file")
        ((lines <= 250)) || { echo "$file: $lines"; false; }
    done
}
