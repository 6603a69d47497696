# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# lab/lib/kernel-images.sh: what the emulators boot, out of made-up kernels.

setup() {
    program=test
    # shellcheck source=lab/lib/common.sh
    . "$BATS_TEST_DIRNAME/../../lab/lib/common.sh"
    # shellcheck source=lab/lib/kernel-images.sh
    . "$BATS_TEST_DIRNAME/../../lab/lib/kernel-images.sh"
    cd "$BATS_TEST_TMPDIR" || return
}

# make_kernel NOTE_TYPE: an ELF file `kernel` with two notes, the second of that type, 8 bytes of code and 64 KiB without content.
make_kernel() {
    cat >kernel.s <<TEXT
.section .notes, "a"
.long 4, 4, 0x12
.asciz "Not"
.long 0xbad
.long 4, 8, $1
.asciz "Xen"
.quad 0x1000a30
.text
.quad 0x1122334455667788
.bss
.skip 0x10000
TEXT
    as -o kernel.o kernel.s
    ld -Ttext=0x1000000 -Tbss=0x1003000 --section-start=.notes=0x1001000 -e 0 -o kernel kernel.o
}

@test "the images of a kernel: as it lies in memory, where it is entered, where it ends" {
    make_kernel 0x12
    mkdir out
    make_images kernel out
    [ "$(<out/entry)" = 0x01000a30 ]
    [ "$(<out/end)" = 0x1013000 ]
    [ "$(od -An -t x8 -N 8 out/kernel.bin | tr -d ' ')" = 1122334455667788 ]
    readelf -h out/vmlinux | grep -q 'Entry point address'
}

@test "a kernel without PVH entry is told" {
    make_kernel 0x11
    mkdir out
    run make_images kernel out
    [ "$status" -eq 1 ]
    [ "$output" = 'test: the kernel has no PVH entry: CONFIG_PVH is not set in it' ]
}

# make_bzimage PAYLOAD: a file `bzImage` with 3 sectors of setup, and the payload behind 64 bytes of other things.
make_bzimage() {
    local size
    size=$(($(stat -c %s "$1") + 4))
    truncate -s 2112 bzImage
    cat "$1" >>bzImage
    printf 'size and more' >>bzImage
    printf '\3' | dd of=bzImage bs=1 seek=$((0x1f1)) conv=notrunc status=none
    printf "$(printf '\\x%02x' 64 0 0 0 $((size & 255)) $((size >> 8)) 0 0)" | dd of=bzImage bs=1 seek=$((0x248)) conv=notrunc status=none
}

@test "what is packed in a bzImage comes out, however it is packed" {
    seq 1000 >plain
    for packer in 'xz -c' 'zstd -qc' 'lz4 -lqc'; do
        rm -f bzImage
        $packer <plain >packed
        make_bzimage packed
        unpack_bzimage bzImage | cmp - plain
        [ ! -e bzImage.payload ]
    done
}

@test "a bzImage that is packed otherwise is told" {
    gzip -c /dev/null >packed
    make_bzimage packed
    run unpack_bzimage bzImage
    [ "$status" -eq 1 ]
    [ "$output" = 'test: do not know how the kernel in bzImage is packed' ]
}
