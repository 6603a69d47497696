# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Takes the distribution's unchanged kernel out of its packages, which are downloaded and not installed. Its version is
# the newest whose headers are installed, or where the table names a suite, the newest of that suite of Debian: then the headers
# come from there too. Sourced by lab/build-kernel, which sets l1 to the name of the kernel.
#
# shellcheck disable=SC2154 # that is l1

headers=$(headers_package "$l1")
suite=${headers%%/*}
[[ $suite != "$headers" ]] || suite=
# shellcheck disable=SC2034 # read by debian-archive.sh
archive_state=$cache_folder/kernel-package/apt
fail() { die "$@"; }
# shellcheck source=scripts/lib/debian-archive.sh
. "$lab_folder/../scripts/lib/debian-archive.sh"

# Prints the newest release whose headers are installed.
find_release() {
    newest_release "$(kernel_value "$l1" releases)"
}

# Prints everything that decides what the kernel is. Of a suite that is read once: what is in the cache stays.
kernel_inputs() {
    cat "${BASH_SOURCE[0]}"
    if [[ -n $suite ]]; then
        printf '%s\n' "$headers"
        return
    fi
    local release
    release=$(find_release)
    [[ -n $release ]] ||
        die 69 "the headers of a kernel $(kernel_value "$l1" releases) are missing: install the package $headers"
    dpkg-query -W "linux-headers-$release"
}

# Prints the packages that hold kernel and modules of a release: image_packages RELEASE
image_packages() {
    kernel_value "$l1" image | tr , '\n' | sed "s/\*/$1/"
}

# Downloads them into the current folder, in the version of the headers that are installed: fetch_installed RELEASE LOG
fetch_installed() {
    local version package
    version=$(dpkg-query -W -f '${Version}' "linux-headers-$1")
    for package in $(image_packages "$1"); do
        apt-get -qq download "$package=$version" 2>"$2" ||
            die 1 "$package $version cannot be had (apt-get update?): $(tail -n 1 "$2")"
    done
}

# The same of the suite, and the headers with all that belongs to them: fetch_from_suite VERSION RELEASE
fetch_from_suite() {
    local package
    for package in "linux-headers-$2" "linux-headers-${2%-cloud-amd64}-common" "linux-kbuild-${2%-cloud-amd64}" \
        $(image_packages "$2"); do
        download_package "$package" "$1"
    done
}

unpack_packages() {
    local package
    for package in *.deb; do
        dpkg-deb -x "$package" .
        rm "$package"
    done
}

# Makes the folder: make_kernel FOLDER
make_kernel() {
    local folder=$1 release version headers_folder=/usr/src
    rm -rf "$folder"
    mkdir -p "$folder/package"
    cd "$folder/package" || return
    if [[ -n $suite ]]; then
        require_archive "the kernel $l1 is missing"
        read_suite "$suite"
        version=$(version_in_suite "${headers#*/}")
        release=$(package_field "${headers#*/}" Depends | grep -oE 'linux-headers-[^ ,]+' | sed 's/^linux-headers-//')
        [[ -n $release ]] || die 1 "Debian's $suite has no ${headers#*/}"
        say "downloading the kernel $release from Debian's $suite"
        fetch_from_suite "$version" "$release" || exit 1
        headers_folder=${folder%.partial}/headers/src
    else
        release=$(find_release)
        say "downloading the kernel $release"
        fetch_installed "$release" "$folder/download.log"
    fi
    unpack_packages
    mv "$(find . -name 'vmlinuz*')" "$folder/vmlinux"
    mv "$(find . -name 'irqbypass.ko*')" "$folder/"
    [[ ! -e $folder/irqbypass.ko.xz ]] || xz -d "$folder/irqbypass.ko.xz"
    mkdir "$folder/stock" # the distribution's own KVM, as it is installed
    find . -path '*/arch/x86/kvm/*.ko*' -exec mv -t "$folder/stock" {} +
    if [[ -n $suite ]]; then
        mv usr "$folder/headers"
        sed -i "s,/usr/src/,$headers_folder/,g" "$folder/headers/src/linux-headers-$release/Makefile"
    fi
    cd / || return
    rm -rf "$folder/package"
    ln -s "$headers_folder/linux-headers-$release" "$folder/build"
}
