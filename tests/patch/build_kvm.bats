# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# scripts/build-kvm. Needs the source and cloud header packages of every kernel that has a series; builds KVM for
# each, and once more for --also, if the result is not cached (1 to 2 minutes each). Nothing is loaded.

load series

setup() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    build_kvm=$root/scripts/build-kvm
    mapfile -t versions < <(packaged_series)
    release=$(release_of_series "${versions[0]}")
}

# expect_failure STATUS TEXT ARGUMENT...: nothing on stdout, the text on stderr.
expect_failure() {
    local status=$1 text=$2 found=0
    shift 2
    "$build_kvm" "$@" >"$BATS_TEST_TMPDIR/stdout" 2>"$BATS_TEST_TMPDIR/stderr" || found=$?
    echo "arguments '$*': status $found, $(<"$BATS_TEST_TMPDIR/stderr")"
    [ "$found" -eq "$status" ]
    [ ! -s "$BATS_TEST_TMPDIR/stdout" ]
    grep -qF -- "$text" "$BATS_TEST_TMPDIR/stderr"
}

@test "wrong arguments end with 2 and say what is wrong" {
    expect_failure 2 'one of --kernel-release and --kernel-build'
    expect_failure 2 'one of --kernel-release and --kernel-build' --kernel-release "$release" --kernel-build /tmp
    expect_failure 2 "unknown argument '--frobnicate'" --frobnicate
    expect_failure 2 'needs a value' --kernel-release
    expect_failure 2 'needs a value' --kernel-release ''
    expect_failure 2 'is no kernel release' --kernel-release ../../etc
    expect_failure 2 "--isa is vmx or svm, not 'ept=1'" --kernel-build /tmp --isa ept=1
    expect_failure 2 'is no folder' --kernel-build /nonexistent
    expect_failure 2 'is no folder' --kernel-release "$release" --out "$BATS_TEST_FILENAME"
    expect_failure 2 'is no file' --kernel-release "$release" --also /nonexistent
    expect_failure 2 "--module-version: not 'a b'" --kernel-release "$release" --module-version 'a b'
    expect_failure 2 "there is no '/nonexistent'" --kernel-release "$release" --source /nonexistent
}

@test "what is missing is named with its package, and ends with 69" {
    expect_failure 69 'apt-get install linux-headers-6.1.0-0-amd64' --kernel-release 6.1.0-0-amd64
    expect_failure 69 'not a configured and built kernel tree' --kernel-build "$BATS_TEST_TMPDIR"
}

@test "a source that is none, or of another version, is not taken" {
    export XDG_CACHE_HOME=$BATS_TEST_TMPDIR/cache
    other=$BATS_TEST_TMPDIR/other
    cp -r "$(XDG_CACHE_HOME='' "$build_kvm" --kernel-release "$release" --source-only)" "$other"
    sed -i 's/^SUBLEVEL = .*/SUBLEVEL = 7/' "$other/Makefile"
    expect_failure 69 "holds ${versions[0]}.7" --kernel-release "$release" --source "$other"
    rm "$other/Makefile"
    expect_failure 69 "$other is no kernel source" --kernel-release "$release" --source "$other"
    echo nothing >"$BATS_TEST_TMPDIR/archive.tar"
    expect_failure 69 'archive.tar is no kernel source' --kernel-release "$release" --source "$BATS_TEST_TMPDIR/archive.tar"
    [ -z "$(find "$XDG_CACHE_HOME/exitscope/kvm" -mindepth 1 -maxdepth 1 -type d ! -name '*.part' ! -name 'objects-*')" ]
}

@test "a source given as folder or archive is unpacked as the package's own is" {
    export XDG_CACHE_HOME=$BATS_TEST_TMPDIR/cache
    own=$(XDG_CACHE_HOME='' "$build_kvm" --kernel-release "$release" --source-only)
    mkdir "$BATS_TEST_TMPDIR/given"
    cp -r "$own" "$BATS_TEST_TMPDIR/given/linux"
    diff -r "$own" "$("$build_kvm" --kernel-release "$release" --source-only --source "$BATS_TEST_TMPDIR/given/linux")"
    tar -czf "$BATS_TEST_TMPDIR/given.tar.gz" -C "$BATS_TEST_TMPDIR/given" linux
    diff -r "$own" "$("$build_kvm" --kernel-release "$release" --source-only --source "$BATS_TEST_TMPDIR/given.tar.gz")"
}

@test "a kernel without KVM as modules, or without a series, ends with 69" {
    mkdir -p "$BATS_TEST_TMPDIR/build/include/config"
    touch "$BATS_TEST_TMPDIR/build/Module.symvers"
    echo 5.10.1 >"$BATS_TEST_TMPDIR/build/include/config/kernel.release"
    echo CONFIG_KVM=y >"$BATS_TEST_TMPDIR/build/.config"
    expect_failure 69 'does not say CONFIG_KVM=m' --kernel-build "$BATS_TEST_TMPDIR/build"
    printf '%s=m\n' CONFIG_KVM CONFIG_KVM_INTEL CONFIG_KVM_AMD >"$BATS_TEST_TMPDIR/build/.config"
    expect_failure 69 'no series for kernel 5.10' --kernel-build "$BATS_TEST_TMPDIR/build"
}

@test "--help states the exit codes" {
    run "$build_kvm" --help
    [ "$status" -eq 0 ]
    [[ $output == *'Exit codes: 0 built, 1 '* ]]
}

@test "builds three modules for each version's kernel, with the parameter" {
    for version in "${versions[@]}"; do
        release=$(release_of_series "$version")
        folder=$("$build_kvm" --kernel-release "$release" 2>/dev/null)
        for module in kvm kvm-intel kvm-amd; do
            [[ $(modinfo -F vermagic "$folder/$module.ko") == "$release "* ]]
        done
        modinfo -p "$folder/kvm.ko" | grep -q '^exit_counters:.*(uint)$'
    done
}

@test "--also patches come after the series, or without it, in their order" {
    first=$BATS_TEST_TMPDIR/first.patch second=$BATS_TEST_TMPDIR/second.patch
    printf '%s\n' '--- /dev/null' '+++ b/arch/x86/kvm/also.h' '@@ -0,0 +1 @@' '+/* one */' >"$first"
    printf '%s\n' '--- a/arch/x86/kvm/also.h' '+++ b/arch/x86/kvm/also.h' '@@ -1 +1,2 @@' ' /* one */' '+/* two */' >"$second"
    expect_failure 1 'second.patch does not apply' --kernel-release "$release" --also "$second"
    folder=$("$build_kvm" --kernel-release "$release" --stock --also "$first" --also "$second" 2>/dev/null)
    [ "$(<"$folder/source/arch/x86/kvm/also.h")" = $'/* one */\n/* two */' ]
    run modinfo -p "$folder/kvm.ko"
    [[ $output == *nx_huge_pages:* && $output != *exit_counters* ]]
}

# The log of a build is beside its result.
@test "a build compiles only what its patches touch; what they leave is as compiled anew" {
    printf '%s\n' '--- /dev/null' '+++ b/arch/x86/kvm/also.h' '@@ -0,0 +1 @@' '+/* one */' >"$BATS_TEST_TMPDIR/unused.patch"
    printf '%s\n' '--- /dev/null' '+++ b/virt/kvm/kvm_mm.h.orig' '@@ -0,0 +1 @@' "+$RANDOM" >"$BATS_TEST_TMPDIR/other.patch"
    first=$("$build_kvm" --kernel-release "$release" --stock --also "$BATS_TEST_TMPDIR/other.patch" 2>/dev/null)
    second=$("$build_kvm" --kernel-release "$release" --stock --also "$BATS_TEST_TMPDIR/other.patch" \
        --also "$BATS_TEST_TMPDIR/unused.patch" 2>/dev/null)
    [ "$first" != "$second" ]
    [ "$(grep -c ' CC \[M\] ' "$second.log")" -eq 0 ]
    for module in kvm kvm-intel kvm-amd; do
        cmp "$first/$module.ko" "$second/$module.ko"
    done
    rm -r "$first" "$second" "$first.log" "$second.log"
}

@test "--lean leaves out what tracers need, and is built without precompiled headers where a file does not bear them" {
    printf '%s\n' '--- /dev/null' '+++ b/arch/x86/kvm/i8259.h' '@@ -0,0 +1,4 @@' "+/* $RANDOM, not built before */" \
        '+#ifdef __KVM_HOST_H' '+#error' '+#endif' >"$BATS_TEST_TMPDIR/first.patch"
    source=$("$build_kvm" --kernel-release "$release" --source-only)
    { sed '1s/^/#include "i8259.h"\n/' "$source/arch/x86/kvm/i8259.c" | diff -u --label a/arch/x86/kvm/i8259.c --label b/arch/x86/kvm/i8259.c \
        "$source/arch/x86/kvm/i8259.c" - || [ $? -eq 1 ]; } >>"$BATS_TEST_TMPDIR/first.patch"
    folder=$("$build_kvm" --kernel-release "$release" --lean --isa svm --also "$BATS_TEST_TMPDIR/first.patch" 2>"$BATS_TEST_TMPDIR/said")
    grep -q 'once more, without precompiled headers' "$BATS_TEST_TMPDIR/said"
    grep -qx 'once more, without precompiled headers' "$folder.log"
    readelf -SW "$folder/kvm.ko" >"$BATS_TEST_TMPDIR/sections"
    [ "$(grep -cE '__mcount_loc|\.BTF' "$BATS_TEST_TMPDIR/sections")" -eq 0 ]
    rm -r "$folder" "$folder.log"
    folder=$("$build_kvm" --kernel-release "$release")
    readelf -SW "$folder/kvm.ko" | grep -q __mcount_loc
}

@test "the second call returns in under a second" {
    folder=$("$build_kvm" --kernel-release "$release" 2>/dev/null)
    start=$(date +%s%N)
    [ "$("$build_kvm" --kernel-release "$release")" = "$folder" ]
    elapsed_ms=$((($(date +%s%N) - start) / 1000000))
    echo "$elapsed_ms ms"
    [ "$elapsed_ms" -lt 1000 ]
}

@test "--out gets copies of the modules" {
    folder=$("$build_kvm" --kernel-release "$release" 2>/dev/null)
    [ "$("$build_kvm" --kernel-release "$release" --out "$BATS_TEST_TMPDIR/out")" = "$BATS_TEST_TMPDIR/out" ]
    for module in kvm kvm-intel kvm-amd; do
        cmp "$folder/$module.ko" "$BATS_TEST_TMPDIR/out/$module.ko"
    done
}

@test "what is built is what git am makes of the source" {
    export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
    for version in "${versions[@]}"; do
        release=$(release_of_series "$version")
        folder=$("$build_kvm" --kernel-release "$release" 2>/dev/null)
        tree=$BATS_TEST_TMPDIR/$version
        mkdir "$tree"
        cp -r "$("$build_kvm" --kernel-release "$release" --source-only)/." "$tree"
        git -C "$tree" init --quiet
        git -C "$tree" add --all --force
        git -C "$tree" -c user.name=test -c user.email=test@invalid commit --quiet --message 'the source'
        git -C "$tree" -c user.name=test -c user.email=test@invalid am --quiet "$root/kvm-patch/$version"/*.patch
        rm -rf "$tree/.git"
        diff -r "$tree" "$folder/source"
    done
}

@test "an interrupted or failed build leaves no result, and the next one starts afresh" {
    series=$BATS_TEST_TMPDIR/repository/kvm-patch/${versions[0]}
    mkdir -p "$series" "$BATS_TEST_TMPDIR/repository/scripts" "$BATS_TEST_TMPDIR/cache/exitscope"
    cp -r "$build_kvm" "$root"/scripts/{kernel-source,lib} "$BATS_TEST_TMPDIR/repository/scripts/"
    cp -r "$root/lab" "$BATS_TEST_TMPDIR/repository/"
    ln -s "$(dirname "$("$build_kvm" --kernel-release "$release" --source-only)")" "$BATS_TEST_TMPDIR/cache/exitscope/source"
    printf '%s\n' '--- a/virt/kvm/none.c' '+++ b/virt/kvm/none.c' '@@ -1 +1 @@' '-old' '+new' >"$series/0001-bad.patch"
    build_kvm=$BATS_TEST_TMPDIR/repository/scripts/build-kvm
    export XDG_CACHE_HOME=$BATS_TEST_TMPDIR/cache
    for _ in first second; do
        expect_failure 1 '0001-bad.patch does not apply' --kernel-release "$release"
        [ -z "$(find "$XDG_CACHE_HOME/exitscope/kvm" -mindepth 1 -maxdepth 1 -type d ! -name '*.part' ! -name 'objects-*')" ]
    done
}
