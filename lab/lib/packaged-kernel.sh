# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Takes the distribution's unchanged kernel out of its packages, which are downloaded and not installed. The version is
# the newest whose headers are installed. Sourced by lab/build-kernel, which sets l1 to the name of the kernel.
#
# shellcheck disable=SC2154 # that is l1

# Prints the newest release whose headers are there.
find_release() {
    newest_release "$(kernel_value "$l1" releases)"
}

# Prints everything that decides what the kernel is.
kernel_inputs() {
    local release
    release=$(find_release)
    [[ -n $release ]] ||
        die 69 "the headers of a kernel $(kernel_value "$l1" releases) are missing: install the package $(headers_package "$l1")"
    dpkg-query -W "linux-headers-$release"
    cat "${BASH_SOURCE[0]}"
}

# Downloads the packages and unpacks them in the current folder: fetch RELEASE LOG
fetch() {
    local release=$1 log=$2 version packages package
    version=$(dpkg-query -W -f '${Version}' "linux-headers-$release")
    IFS=, read -ra packages <<<"$(kernel_value "$l1" image)"
    for package in "${packages[@]//\*/$release}"; do
        apt-get -qq download "$package=$version" 2>"$log" ||
            die 1 "$package $version cannot be had (apt-get update?): $(tail -n 1 "$log")"
    done
    for package in *.deb; do
        dpkg-deb -x "$package" .
    done
}

# Makes the folder: make_kernel FOLDER
make_kernel() {
    local folder=$1 release
    release=$(find_release)
    rm -rf "$folder"
    mkdir -p "$folder/package"
    cd "$folder/package" || return
    say "downloading the kernel $release"
    fetch "$release" "$folder/download.log"
    mv "boot/vmlinuz-$release" "$folder/vmlinux"
    mv "$(find . -name 'irqbypass.ko*')" "$folder/"
    [[ ! -e $folder/irqbypass.ko.xz ]] || xz -d "$folder/irqbypass.ko.xz"
    mkdir "$folder/stock" # the distribution's own KVM, as it is installed
    find . -path '*/arch/x86/kvm/*.ko*' -exec mv -t "$folder/stock" {} +
    cd / || return
    rm -rf "$folder/package"
    ln -s "/usr/src/linux-headers-$release" "$folder/build"
}
