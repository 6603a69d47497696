# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Builds the mutants. The series is compiled once and kept with its objects; each mutant is made in a copy of that,
# so that make compiles only what the mutant changes. Sourced by run; needs $root, $here, $work, $series, fail,
# progress, l1.bash and mutants.bash.
# shellcheck disable=SC2154,SC2031

# make_modules TREE LOG [MAKE_VARIABLE...]
make_modules() {
    make -C "$kernel/build" M="$1/arch/x86/kvm" -j"$(nproc)" "${@:3}" modules >"$2" 2>&1 && return
    grep -E 'error|Error' "$2" >&2 || tail -n 20 "$2" >&2
    return 1
}

# The compiled series: sets kernel, the L1 kernel's folder; base, where the compiled tree is kept; and tree, where
# it was compiled and where its copies have to stand, because make knows the commands that it ran by their paths.
build_base() {
    local patched
    kernel=$(l1_kernel "$series")
    patched=$("$root/scripts/build-kvm" --kernel-build "$kernel/build")
    base=${XDG_CACHE_HOME:-$HOME/.cache}/exitscope/mutation/$(basename "$patched")
    tree=$base.tree
    mkdir -p "$(dirname "$base")"
    exec {base_lock}>"$base.lock"
    flock "$base_lock" # held to the end: two runs must not share the tree
    [[ ! -d $base ]] || return 0
    progress "compiling the series for $series"
    rm -rf "$tree"
    cp -r "$patched/source" "$tree"
    (
        # shellcheck source=scripts/lib/kvm-modules.sh
        . "$root/scripts/lib/kvm-modules.sh"
        adjust_makefile "$tree"
    )
    make_modules "$tree" "$work/base.log" || fail 3 "the series does not compile"
    mv "$tree" "$base"
}

# apply_to_tree PATCH LOG
apply_to_tree() {
    patch -d "$tree" -p1 --fuzz=0 --forward --no-backup-if-mismatch <"$1" >"$2" 2>&1 ||
        fail 3 "$(basename "$1") does not apply to $series any more: $(<"$2")"
}

# make leaves out the vendor module that is not needed.
other_vendor() {
    case $1 in
        svm) echo CONFIG_KVM_INTEL= ;;
        vmx) echo CONFIG_KVM_AMD= ;;
    esac
}

# build_modules NAME ISA
build_modules() {
    local name=$1 isa=$2 log=$work/$1.log start=$SECONDS with module
    rm -rf "$tree"
    cp -a "$base" "$tree"
    with=$(with "$name")
    [[ -z $with ]] || apply_to_tree "$root/tests/patch/$with.patch" "$log"
    [[ $name == unmutated* ]] || apply_to_tree "$here/mutants/$name.patch" "$log"
    make_modules "$tree" "$log" "$(other_vendor "$isa")" || fail 3 "$name does not compile"
    mkdir -p "$work/modules/$name"
    for module in kvm "$(vendor_of "$isa")"; do
        strip --strip-debug -o "$work/modules/$name/$module.ko" "$tree/arch/x86/kvm/$module.ko"
    done
    echo $((SECONDS - start)) >"$work/modules/$name/seconds"
    progress "built $name for $isa in $((SECONDS - start)) s"
}

build_all() {
    local isa names name
    build_base
    for isa in svm vmx; do
        mapfile -t names < <(names_on "$isa")
        for name in "${names[@]}"; do
            build_modules "$name" "$isa"
        done
    done
    rm -rf "$tree"
}
