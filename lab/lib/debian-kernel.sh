# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Takes Debian's unchanged cloud kernel out of its package, which is downloaded and not installed. The version is the
# newest whose headers are installed. Sourced by lab/build-kernel, which sets l1 to debian or debian-6.12.
#
# shellcheck disable=SC2154 # that is l1

headers_package=linux-headers-${l1#debian}-cloud-amd64
headers_package=${headers_package/headers--/headers-}
series=6.1
[[ $l1 == debian ]] || series=${l1#debian-}

# Prints the newest release of that series whose header package is there.
find_release() {
    find /usr/src -maxdepth 1 -name "linux-headers-$series.*-cloud-amd64" -printf '%f\n' | sed 's/^linux-headers-//' |
        sort -V | tail -n 1
}

# Prints everything that decides what the kernel is.
kernel_inputs() {
    local release
    release=$(find_release)
    [[ -n $release ]] || die 69 "the headers of a Debian kernel $series are missing: install the package $headers_package"
    dpkg-query -W "linux-headers-$release"
    cat "${BASH_SOURCE[0]}"
}

# Makes the folder: make_kernel FOLDER
make_kernel() {
    local folder=$1 release version
    release=$(find_release)
    version=$(dpkg-query -W -f '${Version}' "linux-headers-$release")
    rm -rf "$folder"
    mkdir -p "$folder/package"
    cd "$folder/package" || return
    say "downloading Debian's kernel $release"
    apt-get -qq download "linux-image-$release=$version" 2>"$folder/download.log" ||
        die 1 "linux-image-$release $version cannot be had (apt-get update?): $(tail -n 1 "$folder/download.log")"
    dpkg-deb -x linux-image-*.deb .
    mv "boot/vmlinuz-$release" "$folder/vmlinux"
    mv "$(find . -name 'irqbypass.ko*')" "$folder/"
    [[ ! -e $folder/irqbypass.ko.xz ]] || xz -d "$folder/irqbypass.ko.xz"
    mkdir "$folder/stock" # Debian's own KVM, as it is installed
    find . -path '*/arch/x86/kvm/*.ko*' -exec mv -t "$folder/stock" {} +
    cd / || return
    rm -rf "$folder/package"
    ln -s "/usr/src/linux-headers-$release" "$folder/build"
}
