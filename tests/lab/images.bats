# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# scripts/lab with images and arguments that QEMU refuses, and with odd paths: what is said, and with which status it ends.

bats_require_minimum_version 1.5.0

load settings
load lab

@test "arguments for QEMU come last and reach it; a QEMU that refuses one is not done, and says so" {
    run --separate-stderr lab --setting npt=1 --kernel "$hello" --qemu-arg -cpu --qemu-arg "no such model"
    echo "$stderr"
    [ "$status" -eq 69 ]
    [ -z "$output" ]
    [[ $stderr == *"QEMU did not start: "*"no such model"* ]]
    grep -q "no such model" "$BATS_TEST_TMPDIR/out/qemu.log"
}

# make_elf64 NAME SOURCE: an ELF file of 64 bits without a PVH note.
make_elf64() {
    printf '%s\n' "$2" >"$BATS_TEST_TMPDIR/$1.s"
    as --64 -o "$BATS_TEST_TMPDIR/$1.o" "$BATS_TEST_TMPDIR/$1.s"
    ld -Ttext=0x100000 -e 0x100000 -o "$BATS_TEST_TMPDIR/$1" "$BATS_TEST_TMPDIR/$1.o"
}

@test "an image that QEMU refuses is not done, with QEMU's own words; a guest that ends with 1 is" {
    local silent='mov $0xf4, %dx; xor %eax, %eax; out %eax, %dx'
    make_elf64 no_note "$silent"
    make_elf64 multiboot ".long 0x1badb002, 0, -0x1badb002; $silent"
    printf '.code32\n.long 0x1badb002, 0, -0x1badb002\n.globl _start\n_start: %s\n' "$silent" | as --32 -o "$BATS_TEST_TMPDIR/silent.o" -
    ld -m elf_i386 -Ttext=0x100000 -o "$BATS_TEST_TMPDIR/silent" "$BATS_TEST_TMPDIR/silent.o"
    local refusal
    for image in no_note multiboot; do
        refusal=$(timeout 20 qemu-system-x86_64 -display none -kernel "$BATS_TEST_TMPDIR/$image" 2>&1 || true)
        [ -n "$refusal" ]
        run --separate-stderr lab --setting npt=1 --kernel "$BATS_TEST_TMPDIR/$image"
        echo "$image: $status $stderr"
        [ "$status" -eq 69 ]
        [[ $stderr == *"QEMU did not start: $refusal"* ]]
    done
    run --separate-stderr lab --setting npt=1 --kernel "$BATS_TEST_TMPDIR/silent"
    echo "$stderr"
    [ "$status" -eq 1 ]
    # After a warning, too, which is shown.
    run --separate-stderr lab --setting npt=1 --kernel "$BATS_TEST_TMPDIR/silent" --qemu-arg -cpu --qemu-arg qemu64,+vmx
    echo "$stderr"
    [ "$status" -eq 1 ]
    [[ $stderr == *"warning: "*vmx* ]]
}

@test "TMPDIR, the image and --out may hold a blank, a comma and quotes" {
    local odd="$BATS_TEST_TMPDIR/a b,c'd\"e" setting
    mkdir "$odd"
    cp "$hello" "$odd/hello from"
    for setting in npt=1 ept=1; do
        TMPDIR=$odd run --separate-stderr "$root/scripts/lab" --l1 "$l1" --modules "$modules" --setting "$setting" --kernel "$odd/hello from" \
            --out "$odd/out"
        echo "$setting: $status $stderr"
        [ "$status" -eq 33 ]
        [ "$output" = "hello from L2" ]
        grep -q 'L1 is up' "$odd/out/l1.log"
    done
    [ "$(ls "$odd")" = $'hello from\nout' ]
}
