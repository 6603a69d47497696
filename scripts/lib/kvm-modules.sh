# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Compiles KVM out of its kernel's tree. Sourced by build-kvm; needs fail, progress, exit_missing and the functions of
# kvm-source.sh.
# shellcheck disable=SC2154 # what build-kvm and kvm-source.sh set

# choose_modules ISA: sets modules to those for it, or to all where it is empty.
choose_modules() {
    modules=(kvm.ko)
    [[ $1 == svm ]] || modules+=(kvm-intel.ko)
    [[ $1 == vmx ]] || modules+=(kvm-amd.ko)
}

# check_kernel_build DIR: can KVM be built for it as modules?
check_kernel_build() {
    local option
    for option in CONFIG_KVM CONFIG_KVM_INTEL CONFIG_KVM_AMD; do
        grep -qx "$option=m" "$1/.config" || fail "$exit_missing" "$1/.config does not say $option=m"
    done
}

# Is there something to leave out, and asked to be?
is_lean() {
    [[ $lean == yes ]] && grep -qxE 'CONFIG_(FUNCTION_TRACER|DEBUG_INFO_BTF_MODULES)=y' "$kernel_build/.config"
}

# Are they for the lab only, whose small kernels are compiled so, too?
wants_precompiled_headers() {
    is_lean || [[ -e $kernel_build/precompiled/headers.h ]]
}

# What decides how they are compiled: the tree they are for, the compiler, and these files.
hash_kernel() {
    {
        printf '%s\n' "$kernel_build" "$kernel_release"
        ! is_lean || echo lean
        gcc --version
        cat "${BASH_SOURCE[0]}" "${BASH_SOURCE[0]%/*}/kvm-precompiled.sh" "$kernel_build/.config" "$kernel_build/Module.symvers"
    } | sha256sum
}

# And what the modules are.
hash_inputs() {
    {
        hash_kernel
        printf '%s\n' "$source_tree"
        ((${#patches[@]} == 0)) || cat "${patches[@]}"
    } | sha256sum
}

# Lets KVM's Makefile work as that of an external module, with the tree's own headers first.
adjust_makefile() {
    local makefile=$1/arch/x86/kvm/Makefile
    # shellcheck disable=SC2016 # $(src) and $(srctree) are make's
    sed -i -e '1a NOSTDINC_FLAGS += -I$(src)/../include' \
        -e 's|-I $(srctree)/arch/x86/kvm|-I $(src) -I $(src)/../../../include/trace|' \
        -e 's,$(srctree)/\(virt\|arch/x86\)/kvm,$(src)/../../../\1/kvm,g' "$makefile"
    ! grep -q 'srctree' "$makefile" || fail 1 "do not know how to adjust $makefile"
}

report_objects() {
    local line objects=0 next=$((SECONDS + 10))
    while read -r line; do
        [[ $line != *' [M] '* ]] || objects=$((objects + 1))
        ((SECONDS < next)) || { progress "$objects steps done" && next=$((SECONDS + 10)); }
    done
}

# make_modules [VARIABLE=VALUE]: with what compile() has chosen.
make_modules() {
    make -C "$kernel_build" M="$tree/arch/x86/kvm" -j"$jobs" ${options[@]+"${options[@]}"} "$@" modules 2>&1 |
        tee -a "$log" | report_objects
}

# Another kernel or compiler may have a file that does not bear precompiled headers.
make_without_precompiled() {
    progress 'once more, without precompiled headers'
    echo 'once more, without precompiled headers' >>"$log"
    make_modules PRECOMPILED=n
}

# Without debug information, which is stripped in the end, and on which a quarter of the compilers' time goes; where the kernel's
# vmlinux is there, and pahole, BTF is made of it, and stays, unless they are to be lean.
compile() {
    local tree=$1 log=$2 jobs options=()
    jobs=$(nproc)
    ! is_lean && [[ -e $kernel_build/vmlinux ]] && command -v pahole >/dev/null ||
        options=(CONFIG_DEBUG_INFO= CONFIG_DEBUG_INFO_BTF_MODULES=)
    [[ " ${modules[*]} " == *" kvm-intel.ko "* ]] || options+=(CONFIG_KVM_INTEL=)
    [[ " ${modules[*]} " == *" kvm-amd.ko "* ]] || options+=(CONFIG_KVM_AMD=)
    ! is_lean || options+=(CC_FLAGS_FTRACE=)
    progress "compiling for $kernel_release with $jobs jobs"
    : >"$log"
    if ! make_modules && ! { wants_precompiled_headers && make_without_precompiled; }; then
        grep -E 'error|Error|warning' "$log" >&2 || tail -n 20 "$log" >&2
        fail 1 "the build failed; its log is $log"
    fi
}

# renew FROM TO: the sources in TO become those in FROM. What does not differ keeps its time, so that make keeps its objects.
renew() {
    local from=$1 to=$2 file
    mkdir -p "$to"
    (cd "$from" && find . -type f | sort) >"$to/.sources.new"
    [[ ! -e $to/.sources ]] || comm -23 "$to/.sources" "$to/.sources.new" | (cd "$to" && xargs -r -d '\n' rm -f)
    while IFS= read -r file; do
        cmp -s "$from/$file" "$to/$file" || install -D -m 644 "$from/$file" "$to/$file"
    done <"$to/.sources.new"
    mv "$to/.sources.new" "$to/.sources"
}

# build RESULT: it stands under its final name only when it is complete. All builds for one kernel are made in one tree, which
# stays in the cache: one that was interrupted goes on there, and one with other patches compiles what they touch.
build() {
    local result=$1 part=$1.part module key tree
    key=$(hash_kernel)
    tree=$cache/kvm/objects-$kernel_release-${key:0:16}
    mkdir -p "$tree"
    exec {build_lock}>"$tree.lock"
    flock --nonblock "$build_lock" ||
        { progress "waiting for another build for the same kernel" && flock "$build_lock"; }
    [[ ! -d $result ]] || return 0

    extract_source
    check_same_version "$source_tree" "$kernel_build"
    rm -rf "$part"
    mkdir "$part"
    cp -r "$source_tree" "$part/source"
    ((${#patches[@]} == 0)) || apply_patches "$part/source" "${patches[@]}"
    cp -r "$part/source" "$part/adjusted"
    adjust_makefile "$part/adjusted"
    ! wants_precompiled_headers || use_precompiled_headers "$part/adjusted"
    renew "$part/adjusted" "$tree"
    rm -r "$part/adjusted"
    compile "$tree" "$result.log"
    for module in "${modules[@]}"; do
        strip --strip-debug -o "$part/$module" "$tree/arch/x86/kvm/$module"
    done
    mv "$part" "$result"
    progress "done"
}
