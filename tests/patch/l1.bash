# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Boots the lab's L1 kernel with an initramfs of a test's own. Sourced, also without bats; needs $root, the
# repository. Where the array svm_options is set, start_svm gives it to QEMU; l1_words are more words for L1's command line.

# l1_kernel [NAME]: prints the folder of that L1 kernel (default: the usual small one).
l1_kernel() {
    "${root:?}/lab/build-kernel" --l1 "${1:-$(. "$root/lab/lib/kernel-table.sh" && small_kernel)}"
}

# Makes the folder that an initramfs is packed from: busybox and where things are mounted. It wants an init.
l1_initrd() {
    local applet
    mkdir -p "$1"/{bin,proc,sys,dev,tmp}
    install -t "$1/bin" /bin/busybox
    for applet in $(/bin/busybox --list); do
        [[ $applet == busybox ]] || ln -sf busybox "$1/bin/$applet"
    done
}

# Builds what programs/ holds into the bin folder of an initramfs, each with all checks.
l1_programs() {
    local here=$root/tests/patch program
    for program in "$here"/programs/*.c; do
        gcc -std=gnu17 -O1 -Wall -Wextra -Werror -static -pthread -o "$1/bin/$(basename "$program" .c)" \
            "$program" "$here"/checks/*.c "$here"/guest*.c
    done
}

# l1_modules FOLDER KERNEL_FOLDER [OPTION...]: puts KVM's modules there, which build-kvm makes with the options.
l1_modules() {
    local folder=$1 kernel=$2 built
    shift 2
    built=$("$root/scripts/build-kvm" --kernel-build "$kernel/build" "$@")
    install -D -m 644 -t "$folder" "$built"/*.ko
}

# boot_l1 ISA INITRD_FOLDER [L1_NAME]: boots until a line on the console begins with END, or the emulator ends, or
# $l1_limit seconds (300) have passed, and leaves the console's text in the file $log.
boot_l1() {
    local isa=$1 initrd=$2 kernel emulator='' second
    local work
    work=$(mktemp -d "${BATS_TEST_TMPDIR:-${BATS_FILE_TMPDIR:-${TMPDIR:-/tmp}}}/boot-$isa.XXXXXX")
    # Used by the lab's start_ functions.
    # shellcheck disable=SC2034
    local out=$work live=no program=boot_l1 l1_name=${3:-$(. "$root/lab/lib/kernel-table.sh" && small_kernel)}
    (cd "$initrd" && find . | busybox cpio -o -H newc -R 0:0 2>/dev/null) >"$work/initrd"
    # shellcheck source=lab/lib/common.sh
    . "$root/lab/lib/common.sh"
    # shellcheck source=lab/lib/emulators.sh
    . "$root/lab/lib/emulators.sh"
    # shellcheck disable=SC2034
    kernel_words+=" ${l1_words:-}"
    kernel=$(l1_kernel "$l1_name")
    "start_$isa" "$kernel" "$("${lab_folder:?}/build-image" "$kernel")" 3>&-
    for ((second = 0; second < ${l1_limit:-300}; second++)); do
        ! grep -q '^END' "$work/l1.log" 2>/dev/null || break
        kill -0 "$emulator" 2>/dev/null || break
        sleep 1
    done
    kill -KILL "$emulator" 2>/dev/null || true
    wait "$emulator" || true
    log=$work/console
    tr -d '\r' <"$work/l1.log" >"$log"
    rm -f "$work/initrd" "$work/image"
}
