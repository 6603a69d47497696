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
# shellcheck source=lab/lib/kernel-images.sh
. "$lab_folder/lib/kernel-images.sh"
fail() { die "$@"; }
# shellcheck source=scripts/lib/debian-archive.sh
. "$lab_folder/../scripts/lib/debian-archive.sh"

# What takes such a kernel two thirds of its way to the first process in an emulated CPU, and nothing here needs: its ciphers' tests and
# its own source of random numbers, certificates, zeroed memory, and what ftrace, kprobes and BPF look up of each function.
no_need=jent_mod_init,load_system_certificate_list,init_kprobe_trace,trace_eval_init,ftrace_check_for_weak_functions
no_need+=,bpf_tcp_ca_kfunc_init,bpf_dummy_struct_ops_init
own_words="cryptomgr.notests init_on_alloc=0 initcall_blacklist=$no_need"

# Prints the newest release whose headers are installed.
find_release() {
    newest_release "$(kernel_value "$l1" releases)"
}

# Prints everything that decides what the kernel is. Of a suite that is read once: what is in the cache stays.
kernel_inputs() {
    cat "${BASH_SOURCE[0]}" "$lab_folder/lib/kernel-images.sh"
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
    unpack_bzimage "$(find . -name 'vmlinuz*')" >vmlinux
    make_images vmlinux "$folder"
    printf '%s' "$own_words" >"$folder/words"
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
