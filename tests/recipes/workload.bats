# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# CONTRIBUTING.md's recipe for a workload: one file, which the build finds by itself. Builds a guest kernel of few workloads and
# has it list them under QEMU TCG. Needs g++, cmake, ninja and qemu-system-x86.

load recipes

setup() {
    copy=$BATS_TEST_TMPDIR/copy
    make_copy "$copy"
    # The canaries are enough besides the new one.
    find "$copy"/guest-kernel/workloads/*/*.cpp ! -path '*/canary/*' ! -path '*/support/*' -delete
    commit_copy "$copy"
    cd "$copy"
}

# The recipe, for a workload that executes CPUID twice.
add_workload() {
    local command
    command=$(recipe 'A workload' 1)
    ${command/NAME/cpuid_twice}
    sed -i -e 's/TODO: do it once.*/Two exits a step./' -e 's/TODO: {.each.*/Two exits a step./' -e 's/TODO: //' \
        -e '/^#include "workloads/i #include "arch/cpuid.h"' \
        -e '/^void step/a \    arch::cpuid(0, 0);\n    arch::cpuid(0, 0);' \
        -e 's/^    return {};/    return {.each = {{subject.reason(VmxExitReason::cpuid, SvmExitReason::cpuid), 2}}};/' \
        -e 's/price(const Subject&)/price(const Subject\& subject)/' \
        guest-kernel/workloads/instruction/cpuid_twice.cpp
}

# What the guest of the copy lists.
list_workloads() {
    local build=$BATS_TEST_TMPDIR/build arguments status=0
    cmake -S . -B "$build" -G Ninja -DEXITSCOPE_TESTS=OFF >/dev/null
    ninja -C "$build" exitscope-guest-image >&2
    mapfile -t arguments < <(lab/qemu-arguments accelerator=tcg serial="$BATS_TEST_TMPDIR/list" \
        kernel="$build/guest-kernel/exitscope-guest" append=list)
    timeout 60 qemu-system-x86_64 "${arguments[@]}" || status=$?
    cat "$BATS_TEST_TMPDIR/list"
    [ "$status" -eq 39 ] # SKIP: a list measures nothing
}

@test "a workload is one file, and the guest lists it" {
    add_workload
    lines=$(wc -l <guest-kernel/workloads/instruction/cpuid_twice.cpp)
    [ "$(touched .)" = "+$lines-0 guest-kernel/workloads/instruction/cpuid_twice.cpp" ]
    clang-format --dry-run --Werror guest-kernel/workloads/instruction/cpuid_twice.cpp
    run list_workloads
    echo "$output"
    [ "$status" -eq 0 ]
    [[ $output == *"record=workload name=cpuid verdict=SKIP iterations=0 total=0 group=canary "* ]]
    [[ $output == *"record=workload name=cpuid_twice verdict=SKIP iterations=0 total=0 group=instruction "* ]]
    [[ $output == *'group=instruction why="why that costs'*'message="what one step does"'* ]]
    [ "$(recipe 'A workload' 2)" = 'scripts/run --workloads NAME' ]
}
