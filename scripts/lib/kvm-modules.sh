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

# Everything that decides what the modules are.
hash_inputs() {
    {
        printf '%s\n' "$kernel_build" "$kernel_release" "$source_tree"
        gcc --version
        cat "${BASH_SOURCE[0]}" "$kernel_build/.config" "$kernel_build/Module.symvers"
        ((${#patches[@]} == 0)) || cat "${patches[@]}"
    } | sha256sum
}

# Lets KVM's Makefile work as that of an external module, with the tree's own headers first.
adjust_makefile() {
    local makefile=$1/arch/x86/kvm/Makefile
    # shellcheck disable=SC2016 # $(src) and $(srctree) are make's
    sed -i -e '1a NOSTDINC_FLAGS += -I$(src)/../include' \
        -e 's|-I $(srctree)/arch/x86/kvm|-I $(src) -I $(src)/../../../include/trace|' \
        -e 's|^include $(srctree)/virt/kvm/|include $(src)/../../../virt/kvm/|' "$makefile"
    ! grep -q 'srctree' "$makefile" || fail 1 "do not know how to adjust $makefile"
}

report_objects() {
    local line objects=0 next=$((SECONDS + 10))
    while read -r line; do
        [[ $line != *' [M] '* ]] || objects=$((objects + 1))
        ((SECONDS < next)) || { progress "$objects steps done" && next=$((SECONDS + 10)); }
    done
}

# Without debug information, which is stripped in the end, and on which a quarter of the compilers' time goes; where the kernel's
# vmlinux is there, BTF is made of it, and stays.
compile() {
    local tree=$1 log=$2 jobs options=()
    jobs=$(nproc)
    [[ -e $kernel_build/vmlinux ]] || options=(CONFIG_DEBUG_INFO=)
    [[ " ${modules[*]} " == *" kvm-intel.ko "* ]] || options+=(CONFIG_KVM_INTEL=)
    [[ " ${modules[*]} " == *" kvm-amd.ko "* ]] || options+=(CONFIG_KVM_AMD=)
    progress "compiling for $kernel_release with $jobs jobs"
    if ! make -C "$kernel_build" M="$tree/arch/x86/kvm" -j"$jobs" ${options[@]+"${options[@]}"} modules 2>&1 |
        tee "$log" | report_objects; then
        grep -E 'error|Error|warning' "$log" >&2 || tail -n 20 "$log" >&2
        fail 1 "the build failed; its log is $log"
    fi
}

# prepare_tree PART: makes PART/tree, patched and ready to compile, and PART/source; what is there already is taken.
prepare_tree() {
    local part=$1
    [[ ! -d $part ]] || return 0
    extract_source
    check_same_version "$source_tree" "$kernel_build"
    local new=${part%.part}.new.part
    rm -rf "$new"
    mkdir "$new"
    cp -r "$source_tree" "$new/tree"
    ((${#patches[@]} == 0)) || apply_patches "$new/tree" "${patches[@]}"
    cp -r "$new/tree" "$new/source"
    adjust_makefile "$new/tree"
    mv "$new" "$part"
}

# build RESULT ALL: it stands under its final name only when it is complete. ALL is what a result with all modules is
# called: their objects are made in ALL.part, where a call that was interrupted, or built some of them, left off.
build() {
    local result=$1 part=$2.part module
    mkdir -p "$(dirname "$result")"
    exec {build_lock}>"$2.lock"
    flock --nonblock "$build_lock" ||
        { progress "waiting for another build of the same modules" && flock "$build_lock"; }
    [[ ! -d $result ]] || return 0

    prepare_tree "$part"
    compile "$part/tree" "$2.log"
    for module in "${modules[@]}"; do
        strip --strip-debug -o "$part/$module" "$part/tree/arch/x86/kvm/$module"
    done
    if [[ $result == "$2" ]]; then
        rm -rf "$part/tree"
        mv "$part" "$result"
    else
        rm -rf "$result.part"
        mkdir "$result.part"
        cp -r "${modules[@]/#/$part/}" "$part/source" "$result.part/"
        mv "$result.part" "$result"
    fi
    progress "done"
}
