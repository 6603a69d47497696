# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# KVM's source, unpacked once into the cache, and the patches on it. Sourced by build-kvm; needs fail, progress,
# exit_missing and the functions of kernel-table.sh.
# shellcheck disable=SC2034,SC2154 # set for, and by, build-kvm

# What the series touches and what a kernel's header package does not hold.
readonly source_parts=(
    Makefile arch/x86/include arch/x86/kvm virt/kvm include/trace
    Documentation/virt/kvm/x86 Documentation/virt/kvm/api.rst Documentation/admin-guide/kernel-parameters.txt
    scripts/checkpatch.pl scripts/spelling.txt scripts/const_structs.checkpatch
)

# find_series FOLDER RELEASE STOCK: sets series to the patches for that release's version.
find_series() {
    local folder=$1 release=$2 stock=$3
    [[ $release =~ ^([0-9]+\.[0-9]+) ]]
    series_version=${BASH_REMATCH[1]}
    series=$folder/$series_version
    [[ $stock == yes || -d $series ]] || fail "$exit_missing" "no series for kernel $series_version in $folder"
}

# find_source GIVEN VERSION CACHE: sets source_origin to what the user gave (archive or folder) or to Debian's
# archive for the version, source_name to what it is called in messages, and source_tree to where it is unpacked.
find_source() {
    local given=$1 version=$2 cache=$3 package name stamp
    if [[ -n $given ]]; then
        source_origin=$(realpath "$given") source_name=$given name=given
    else
        source_origin=$("$repository/scripts/kernel-source" --find "$version" 2>&1) ||
            fail "$exit_missing" "${source_origin#kernel-source: }, or give the source of this kernel with --source"
        package=$(basename "${source_origin%%.tar*}")
        source_name=$(dpkg-query -W -f '${Package} ${Version}' "$package" 2>/dev/null) ||
            source_name=$(basename "$(dirname "$source_origin")") # downloaded, not installed
        name=${source_name// /-}
    fi
    # What the archive or folder really is decides too: neither need come from the package.
    stamp=$({
        printf '%s\n' "${source_parts[@]}" "$source_origin"
        if [[ -d $source_origin ]]; then
            cd "$source_origin" && find "${source_parts[@]}" -type f -exec sha256sum {} + | sort
        else
            stat -c '%s %Y' "$source_origin"
        fi
    } | sha256sum) || fail "$exit_missing" "$source_name is no kernel source"
    source_tree=$cache/source/$name-${stamp:0:8}
}

# Was the kernel's tree unpacked from the same archive, with all parts? lab/build-kernel says so of its trees.
is_unpacked_in() {
    [[ -f $source_origin && $(cat "$1/.unpacked-from" 2>/dev/null) == "$(stat -c '%n %s %Y' "$source_origin")" ]] &&
        (cd "$1" && ls -d "${source_parts[@]}") >/dev/null 2>&1
}

unpack_source() {
    if is_unpacked_in "$kernel_build"; then
        tar -c -C "$kernel_build" --exclude=generated --exclude='.*.cmd' "${source_parts[@]}" | tar -x -C "$1"
    elif [[ -d $source_origin ]]; then
        tar -c -C "$source_origin" "${source_parts[@]}" | tar -x -C "$1"
    else
        XZ_DEFAULTS=-T0 tar -xf "$source_origin" -C "$1" --strip-components=1 --wildcards --no-wildcards-match-slash \
            "${source_parts[@]/#/*/}"
    fi
}

extract_source() {
    [[ ! -d $source_tree ]] || return 0
    mkdir -p "$(dirname "$source_tree")"
    exec {source_lock}>"$source_tree.lock"
    flock "$source_lock"
    [[ ! -d $source_tree ]] || return 0

    progress "unpacking $source_name"
    rm -rf "$source_tree.part"
    mkdir "$source_tree.part"
    unpack_source "$source_tree.part" || fail "$exit_missing" "$source_name is no kernel source"
    mv "$source_tree.part" "$source_tree"
}

check_same_version() {
    local tree=$1 kernel_build=$2 built_from unpacked
    built_from=$(make -s -C "$kernel_build" kernelversion)
    unpacked=$(awk '/^(VERSION|PATCHLEVEL|SUBLEVEL) =/ { printf "%s%s", dot, $3; dot = "." }' "$tree/Makefile")
    [[ $built_from == "$unpacked" ]] ||
        fail "$exit_missing" "$kernel_build is of $built_from, but $source_name holds $unpacked"
}

# apply_patches TREE PATCH...
apply_patches() {
    local tree=$1 patch
    shift
    for patch in "$@"; do
        patch -d "$tree" -p1 --fuzz=0 --forward --silent --no-backup-if-mismatch <"$patch" >&2 ||
            fail 1 "$(basename "$patch") does not apply to $source_name"
    done
}

# version_patch TREE VERSION: prints a patch that gives each of the three modules a version. DKMS needs one: it does not put
# a module in the place of another of the same version, and Debian's have none.
version_patch() {
    local tree=$1 version=$2 file
    for file in virt/kvm/kvm_main.c arch/x86/kvm/vmx/vmx.c arch/x86/kvm/svm/svm.c; do
        { cat "$tree/$file" && printf '\nMODULE_VERSION("%s");\n' "$version"; } |
            diff -u --label "a/$file" --label "b/$file" "$tree/$file" - || (($? == 1))
    done
}
