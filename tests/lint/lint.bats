# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Rules that a machine can check. Needs shellcheck, clang-format and g++.
# BUILD: a folder with a whole build; its headers are not compiled a second time. Set by ctest.

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

# Prints the headers that the build has compiled alone: a file of its own object begins with it, before any other line for the
# preprocessor, and nothing of the project that was read has changed since. Ninja keeps what an object was made of in the order of reading.
compiled_by_build() {
    local object source header others file
    [[ -e ${BUILD:-}/.ninja_deps ]] || return 0
    ninja -C "$BUILD" -t deps | awk -v project="$PWD/" '/^[^ ]/ { printf "\n%s", substr($1, 1, length($1) - 1) }
        index($1, project) == 1 { printf " %s", $1 } END { print "" }' | while read -r object source header others; do
        [[ $object == */"${source##*/}.o" && $header == *.h && $(grep -m 1 '^#' "$source") == '#include "'*"${header##*/}\"" ]] || continue
        for file in $source $header $others; do
            [[ $BUILD/$object -nt $file ]] || continue 2
        done
        echo "${header#"$PWD/"}"
    done | sort -u
}

@test "every header compiles alone" {
    compiled_by_build >"$BATS_TEST_TMPDIR/compiled"
    for header in $(cpp_files | grep '\.h$' | grep -vxFf "$BATS_TEST_TMPDIR/compiled") abi/exit_counters.h; do
        echo "$header"
        case $header in
            command/* | tests/unit/command/*) own=command ;;
            exitstat/*) own=exitstat ;;
            *) own=guest-kernel ;;
        esac
        g++ -std=c++20 -fsyntax-only -Wall -Wextra -Werror -I$own -I. -Iabi -Itests/unit/command -include "$PWD/$header" \
            -x c++ /dev/null
    done
}

@test "the fuzz targets compile, which only clang links" {
    for target in tests/fuzz/*.cpp; do
        g++ -std=c++20 -fsyntax-only -Wall -Wextra -Werror -Icommand -I. -Iabi "$target"
    done
}

@test "includes go one way, as rooms.txt says" {
    tests/lint/check-includes
}

@test "an include against the order is refused in each room" {
    copy=$BATS_TEST_TMPDIR/copy
    mkdir "$copy"
    cp -r abi model meter exitstat trace guest-kernel command "$copy"
    tests/lint/check-includes "$copy"
    while read -r room _; do
        [[ -n $room && $room != '#'* && $room != abi && $room != command/commands ]] || continue
        # The last room of the same program includes all others, so nothing may include it.
        case $room in
            command/*) line='#include "commands/commands.h"' ;;
            guest-kernel/boot) line='#include "meter/exit_meter.h"' ;;
            guest-kernel/*) line='#include "boot/boot_information.h"' ;;
            exitstat | trace) cp model/verdict.h "$copy/guest-kernel/stray.h" && line='#include "guest-kernel/stray.h"' ;;
            meter) line='#include "exitstat/reader.h"' ;;
            model) line='#include "meter/exit_meter.h"' ;;
        esac
        echo "$line" >"$copy/$room/against.h"
        run tests/lint/check-includes "$copy"
        echo "$room: $output"
        [ "$status" -eq 1 ]
        [[ $output == *"$room/against.h: $room may not include "* ]]
        rm -f "$copy/$room/against.h" "$copy/guest-kernel/stray.h"
    done <tests/lint/rooms.txt
    mkdir "$copy/command/attic"
    echo '#include "text/file.h"' >"$copy/command/attic/new.h"
    run tests/lint/check-includes "$copy"
    [ "$status" -eq 1 ]
    [[ $output == *'rooms.txt has no room command/attic'* ]]
}

# definitions PATTERN: the files that define what the extended regular expression says.
definitions() {
    git grep -lE "$1" -- '*.h' '*.cpp' '*.def' ':!kvm-patch' | tr '\n' ' '
}

@test "no concept is defined twice" {
    [ "$(definitions '^enum class InstructionSet\b')" = 'model/instruction_set.h ' ]
    [ "$(definitions '^enum class Paging\b')" = 'model/instruction_set.h ' ]
    [ "$(definitions '^enum class Verdict\b')" = 'model/verdict.h ' ]
    [ "$(definitions 'struct CourseworkLayout\b')" = 'model/coursework_layout.h ' ]
    [ "$(definitions '^enum class (Vmx|Svm)ExitReason\b')" = 'model/exit_reason.h ' ]
    [ "$(definitions 'uint32_t edx = 0;')" = 'model/cpuid_result.h ' ]
    [ "$(definitions '^using ReasonNumber\b')" = 'model/exit_reason.h ' ]
    [ "$(definitions 'return NoiseWhen::always')" = 'model/noise.h ' ]
    [ "$(definitions 'return Paging::two_dimensional')" = 'model/paging_need.h ' ]
    # No type of the command, the guest, exitstat, the meter or the model has another one's name.
    run bash -c "grep -rhoE --include='*.h' '^(struct|class|enum class) [A-Za-z]+( final)?( :[^{]*)? \{' model meter guest-kernel exitstat trace command |
        awk '{ sub(/^enum /, \"\"); print \$2 }' | sort | uniq -d"
    echo "$output"
    [ -z "$output" ]
}

@test "no folder is larger than a person can look over: 30 files, but for workloads of one group" {
    run bash -c "git ls-files -co --exclude-standard -- model meter guest-kernel exitstat trace command lab scripts tests/unit |
        grep -v '^guest-kernel/workloads/' | xargs -n 1 dirname | sort | uniq -c | awk '\$1 > 30'"
    echo "$output"
    [ -z "$output" ]
}

@test "the pure parts of the guest kernel have no assembly" {
    run grep -rnE '\basm\b' {model,meter} guest-kernel/{devices,workloads,report,runner,boot} --include=*.cpp --include=*.h
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
