# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Builds a small L1 kernel from Debian's source of its version and lab/kernel/*.config. Sourced by lab/build-kernel, which sets l1
# to the name of the kernel.
#
# shellcheck disable=SC2154 # that is l1

configs=$(kernel_value "$l1" config)
# shellcheck source=lab/lib/small-build.sh
. "$lab_folder/lib/small-build.sh"

archive=$("$lab_folder/../scripts/kernel-source" "$(kernel_value "$l1" series)") ||
    die 69 "the source of the L1 kernel $l1 is missing"
source_package=$(basename "${archive%%.tar*}")

# Prints everything that decides what the kernel is.
kernel_inputs() {
    basename "$archive"
    stat -c '%s %Y' "$archive" # every download of a package has the same time
    cat "${BASH_SOURCE[0]}"
    build_inputs
}

unpack() {
    rm -rf "$1" "$1.unpacking"
    mkdir -p "$1.unpacking"
    XZ_DEFAULTS=-T0 tar -xf "$archive" -C "$1.unpacking" --strip-components=1 --wildcards \
        --exclude="$source_package/fs/*/*/*.c" "${source_folders[@]/#/$source_package/}" \
        "$source_package/[KM]*" "*/Kbuild*" "*/Kconfig*" "*/Makefile*"
    stat -c '%n %s %Y' "$archive" >"$1.unpacking/.unpacked-from" # scripts/build-kvm takes KVM's source from here, then
    change_source "$1.unpacking"
    mv "$1.unpacking" "$1"
}

# make_kernel FOLDER
make_kernel() {
    if [[ ! -d $1/build ]]; then
        say "unpacking $archive"
        unpack "$1/build"
    fi
    build_in "$1"
}
