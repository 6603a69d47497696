# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# What the emulators boot, out of a kernel's ELF file. Sourced by the two ways to have a kernel.

# Where the kernel is entered by the PVH protocol, as the ELF note XEN_ELFNOTE_PHYS32_ENTRY has it: pvh_entry VMLINUX
# Source: xen/include/public/elfnote.h.
pvh_entry() {
    local notes type=00000012 owner=006e6558 found=0 # "Xen"
    notes=$(mktemp "${TMPDIR:-/tmp}/notes.XXXXXX")
    objcopy -O binary --only-section=.notes "$1" "$notes"
    od -An -v -t x4 -w4 "$notes" | tr -d ' ' | awk -v type=$type -v owner=$owner '
        before == type && $1 == owner { getline; print "0x" $1; found = 1; exit }
        { before = $1 }
        END { exit !found }' || found=$?
    rm "$notes"
    return $found
}

# Where it ends in memory: kernel_end VMLINUX
kernel_end() {
    local address size end=0
    while read -r address size; do
        ((address + size <= end)) || end=$((address + size))
    done < <(readelf -lW "$1" | awk '$1 == "LOAD" { print $4, $6 }')
    printf '%#x\n' "$end"
}

# make_images VMLINUX FOLDER: the files vmlinux, kernel.bin, entry and end in it.
make_images() {
    objcopy -O binary "$1" "$2/kernel.bin"
    kernel_end "$1" >"$2/end"
    pvh_entry "$1" >"$2/entry" || die 1 "the kernel has no PVH entry: CONFIG_PVH is not set in it"
    objcopy --strip-all "$1" "$2/vmlinux"
}

# unpack_bzimage FILE: prints the ELF file that is packed in it.
# Source: Documentation/arch/x86/boot.rst, setup_sects, payload_offset and payload_length; the last four bytes of the payload are
# the length of what comes out.
unpack_bzimage() {
    local sectors offset length
    sectors=$(od -An -t u1 -j $((0x1f1)) -N 1 "$1")
    offset=$(od -An -t u4 -j $((0x248)) -N 4 "$1")
    length=$(od -An -t u4 -j $((0x24c)) -N 4 "$1")
    dd if="$1" of="$1.payload" iflag=skip_bytes,count_bytes skip=$(((sectors + 1) * 512 + offset)) count=$((length - 4)) bs=1M status=none
    case $(od -An -t x4 -N 4 "$1.payload") in
        *587a37fd) xz -dc "$1.payload" ;;
        *184c2102) lz4 -dcq "$1.payload" ;;
        *fd2fb528) zstd -dcq "$1.payload" ;;
        *) die 1 "do not know how the kernel in ${1##*/} is packed" ;;
    esac
    rm "$1.payload"
}
