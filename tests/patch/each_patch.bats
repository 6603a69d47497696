# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Each patch of each series builds on its own, with W=1 and warnings as errors, but for those that the source without it has, too.
# Objects are kept from patch to patch, so that only what a patch touches is compiled again. The headers that most files share are
# compiled once a patch, where they are warned of as well. And without what no warning of the compiler depends on: debug
# information, the calls of the function tracer, symbol versions, objtool. Needs the headers of Debian's cloud kernels, or the L1 kernel
# where Debian has none of that version.
# EXITSCOPE_TEST_VERSION: this series only. EXITSCOPE_TEST_JOBS: how many compilers at once (default: one a processor).

load series

setup_file() {
    export root
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
}

# compiles_nothing_new TREE COMMIT: it only adds headers, and no file that was there before names one of them, so make reads the
# same files as without it.
compiles_nothing_new() {
    local tree=$1 commit=$2 file
    [ -z "$(git -C "$tree" diff --name-only --diff-filter=a "$commit^" "$commit")" ] || return 1
    for file in $(git -C "$tree" diff --name-only "$commit^" "$commit"); do
        [[ $file == *.h || $file == *.def ]] || return 1
        ! git -C "$tree" grep -qF "${file##*/}" "$commit^" || return 1
    done
}

tell_failure() {
    grep -E 'error|warning' "$BATS_TEST_TMPDIR/log" || tail -n 20 "$BATS_TEST_TMPDIR/log"
    return 1
}

# compile_all AGAINST TREE [VARIABLE=VALUE]...: what it says is in the file log.
compile_all() {
    make -C "$1" M="$2/arch/x86/kvm" -j"${EXITSCOPE_TEST_JOBS:-$(nproc)}" \
        W=1 CONFIG_DEBUG_INFO= CONFIG_DEBUG_INFO_BTF_MODULES= CONFIG_MODVERSIONS= CC_FLAGS_FTRACE= objtool-enabled= "${@:3}" modules >"$BATS_TEST_TMPDIR/log" 2>&1
}

# Prints the warnings in the log, each once, as the file below the tree and the words.
warnings() {
    sed -nE 's,.*/((arch/x86|virt)/kvm/[^ :]*):[0-9:]+ warning: ,\1 ,p' "$BATS_TEST_TMPDIR/log" | sort -u
}

# The compiler finds something, maybe in what was there before, as a newer one does: nothing_new AGAINST TREE GIT_TREE
nothing_new() {
    local base=$BATS_TEST_TMPDIR/base known=$BATS_TEST_TMPDIR/known
    if [ ! -e "$known" ]; then
        mkdir -p "$base"
        git -C "$3" archive base | tar -x -C "$base"
        adjust_makefile "$base"
        use_precompiled_headers "$base"
        compile_all "$1" "$base" CONFIG_KVM_WERROR= || tell_failure
        warnings >"$known"
        echo 'without the series:'
        cat "$known"
        [ -s "$known" ] || return 1
    fi
    compile_all "$1" "$2" CONFIG_KVM_WERROR= || tell_failure
    [ -z "$(comm -13 "$known" <(warnings))" ] || tell_failure
}

# Prints the tree to build modules of that version against: that of the distribution's kernel, which has all of KVM's options, else
# that of the L1 kernel: tree_to_build_against VERSION
tree_to_build_against() {
    local release
    release=$(release_of_series "$1")
    if [[ -n $release ]]; then
        printf '/usr/src/linux-headers-%s\n' "$release"
    else
        printf '%s/build\n' "$("$root/lab/build-kernel" --l1 "$1")"
    fi
}

# build_each VERSION
build_each() {
    local version=$1 against tree=$BATS_TEST_TMPDIR/tree work=$BATS_TEST_TMPDIR/work next=$BATS_TEST_TMPDIR/next commits built=0
    against=$(tree_to_build_against "$version")
    apply_series "$version" "$tree"
    # shellcheck source=scripts/lib/kvm-precompiled.sh
    . "$root/scripts/lib/kvm-precompiled.sh"
    # shellcheck source=scripts/lib/kvm-modules.sh
    . "$root/scripts/lib/kvm-modules.sh"
    mapfile -t commits < <(git -C "$tree" rev-list --reverse base..HEAD)
    for commit in "${commits[@]}"; do
        git -C "$tree" log -1 --format=%s "$commit"
        if compiles_nothing_new "$tree" "$commit"; then
            continue
        fi
        rm -rf "$next"
        mkdir -p "$next" "$work"
        git -C "$tree" archive "$commit" | tar -x -C "$next"
        adjust_makefile "$next"
        use_precompiled_headers "$next"
        renew "$next" "$work"
        { [ ! -e "$BATS_TEST_TMPDIR/known" ] && compile_all "$against" "$work" CONFIG_KVM_WERROR=y; } || nothing_new "$against" "$work" "$tree"
        [ -e "$work/arch/x86/kvm/kvm-amd.ko" ]
        built=$((built + 1))
    done
    # The first patch only adds the ABI's two headers.
    [ $built -eq $((${#commits[@]} - 1)) ]
}

@test "each patch builds on its own with W=1, warnings as errors" {
    for version in ${EXITSCOPE_TEST_VERSION:-$(series_here)}; do
        (build_each "$version")
        rm -rf "$BATS_TEST_TMPDIR"/{tree,work,next,base,known}
    done
}
