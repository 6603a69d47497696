# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# KVM of a source tree of the user's own (run --tree), and the commit that changed a count (bisect), on a history that is made here of
# Debian's source: 14 commits, three of which do not build, one takes an intercept away and one passes an MSR through. Needs EXITSCOPE,
# GUEST (set by ctest), git, the lab. Some ten minutes, most of them compiling.

version=6.12

setup_file() {
    export root tree=$BATS_FILE_TMPDIR/linux
    export GIT_AUTHOR_NAME=test GIT_AUTHOR_EMAIL=test@invalid GIT_COMMITTER_NAME=test GIT_COMMITTER_EMAIL=test@invalid
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    make_history
}

# say_in FILE WORDS: a commit that changes no instruction.
say_in() {
    echo "/* $2 */" >>"$tree/$1"
    git -C "$tree" commit --quiet --all --message "$2"
}

# change FILE EXPRESSION MESSAGE: a commit by sed, which has to change something.
change() {
    sed -i "$2" "$tree/$1"
    git -C "$tree" diff --quiet && return 1
    git -C "$tree" commit --quiet --all --message "$3"
}

make_history() {
    local archive svm=arch/x86/kvm/svm/svm.c
    archive=$("$root/scripts/kernel-source" $version)
    mkdir "$tree"
    (
        # shellcheck source=lab/lib/common.sh
        program=bisect.bats && . "$root/lab/lib/common.sh"
        configs=l1
        # shellcheck source=lab/lib/small-build.sh
        . "$root/lab/lib/small-build.sh"
        XZ_DEFAULTS=-T0 tar -xf "$archive" -C "$tree" --strip-components=1 --wildcards "${source_folders[@]/#/linux-source-$version/}" \
            "linux-source-$version/[KM]*" "*/Kbuild*" "*/Kconfig*" "*/Makefile*"
    )
    git -C "$tree" init --quiet
    git -C "$tree" add --all --force
    git -C "$tree" commit --quiet --message base
    git -C "$tree" tag base
    say_in $svm 'one'
    say_in arch/x86/kvm/x86.c 'two'
    say_in arch/x86/kvm/cpuid.c 'three'
    change $svm '/svm_set_intercept(svm, INTERCEPT_WBINVD)/d' 'svm: Let a guest write caches back by itself'
    say_in arch/x86/kvm/mmu/spte.c 'five'
    change $svm '1i #error "in the middle of a change"' 'six, which does not build'
    say_in arch/x86/kvm/irq.c 'seven, which does not build'
    change $svm '1d' 'eight, which builds again'
    say_in arch/x86/kvm/irq.c 'nine'
    say_in arch/x86/kvm/pmu.c 'ten'
    sed -i 's/\(#define MAX_DIRECT_ACCESS_MSRS\s*\)\([0-9]*\)/\1(\2 + 1)/' "$tree/arch/x86/kvm/svm/svm.h"
    change $svm 's/^\s*{ \.index = MSR_STAR,.*/&\n\t{ .index = MSR_IA32_TSC, .always = true },/' 'svm: Pass the TSC through'
    change $svm '1i #error "in the middle of another change"' 'twelve, which does not build'
    change $svm '1d' 'thirteen, which builds again'
    say_in arch/x86/kvm/pmu.c 'fourteen'
}

bisect() {
    run "$EXITSCOPE" bisect --tree "$tree" --good base --bad HEAD --setting npt=1 --guest "$GUEST" "$@"
    echo "$output"
}

# What may not change: the checkout, its branch and its work trees.
checkout() {
    git -C "$tree" status --porcelain
    git -C "$tree" rev-parse HEAD --abbrev-ref HEAD
    git -C "$tree" worktree list --porcelain
}

@test "the commit that took an intercept away is found, and the checkout is as it was" {
    checkout >"$BATS_TEST_TMPDIR/before"
    bisect --workload wbinvd --reason 0x89
    [ "$status" -eq 0 ]
    [[ $output == *$'svm: Let a guest write caches back by itself\nwbinvd under npt=1: before WBINVD 100, since then no exit'* ]]
    # One step more than a binary search of 14 takes, for each that was skipped.
    skipped=$(grep -c '^skip: ' <<<"$output") || true
    [ "$(grep -cE '^(good|bad|skip): .* ' <<<"$output")" -le $((2 + 4 + 2 * skipped)) ]
    checkout | diff "$BATS_TEST_TMPDIR/before" -
}

@test "the commit that passed an MSR through is found, after an interruption" {
    env --default-signal=INT "$EXITSCOPE" bisect --tree "$tree" --good base --bad HEAD --setting npt=1 --guest "$GUEST" --workload rdmsr_tsc \
        >"$BATS_TEST_TMPDIR/said" 2>&1 &
    pid=$!
    until grep -q '^bad: ' "$BATS_TEST_TMPDIR/said"; do
        kill -0 $pid
        sleep 1
    done
    sleep 2
    kill -INT $pid
    status=0
    wait $pid || status=$?
    cat "$BATS_TEST_TMPDIR/said"
    [ "$status" -eq 130 ]
    bisect --workload rdmsr_tsc
    [ "$status" -eq 0 ]
    [[ $output == *'going on where it was'* ]]
    [[ $output == *$'svm: Pass the TSC through\nrdmsr_tsc under npt=1: before MSR 100, since then no exit'* ]]
}

@test "commits that cost the same are told, and what is no reason" {
    bisect --workload cpuid
    [ "$status" -eq 2 ]
    [[ $output == *'cpuid costs CPUID 100 at both commits: there is nothing to find'* ]]
    run "$EXITSCOPE" bisect --tree "$tree" --good base --bad HEAD --setting npt=1 --workload cpuid --reason 10
    [ "$status" -eq 2 ]
    [[ $output == *'10 is no exit reason of svm'* ]]
}

@test "two trees are measured and compared: what differs is FAIL" {
    git -C "$tree" worktree add --quiet --detach "$BATS_TEST_TMPDIR/before" base
    run "$EXITSCOPE" run --tree "$BATS_TEST_TMPDIR/before" --tree "$tree" --setting npt=1 --workloads cpuid,wbinvd --guest "$GUEST" \
        --out "$BATS_TEST_TMPDIR/results"
    echo "$output"
    git -C "$tree" worktree remove --force "$BATS_TEST_TMPDIR/before"
    [ "$status" -eq 1 ]
    [[ $output =~ wbinvd\ .*\ WBINVD\ +100\ +0\ +-100\ +\> ]]
    [ "$(jq -c '.workloads[] | select(.name == "wbinvd").exits' "$BATS_TEST_TMPDIR/results/tree-1/npt=1.json")" = '{"0x89":100}' ]
}

@test "a folder without Linux in it, and options that do not go with a tree, are refused" {
    run "$root/lab/build-kernel" --tree "$BATS_TEST_TMPDIR"
    [ "$status" -eq 2 ]
    [[ $output == *'is no source of Linux with KVM'* ]]
    for options in "--l1 6.12" "--counters kvm" --witness "--on host" "--tree $tree --tree $tree"; do
        # shellcheck disable=SC2086 # several words
        run "$EXITSCOPE" run --tree "$tree" $options --out "$BATS_TEST_TMPDIR/results"
        echo "$options: $output"
        [ "$status" -eq 2 ]
        [ ! -e "$BATS_TEST_TMPDIR/results/npt=1.json" ]
    done
}
