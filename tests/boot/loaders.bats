# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Every boot loader of docs/boot.md on every machine that it starts on, with all that the guest may lack to end and to print.
# Needs GUEST (set by ctest), qemu-system-x86, OVMF, and the tools of GRUB and isolinux.

load cells
load pvh

setup() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    pvh=$BATS_TEST_TMPDIR/pvh
}

# Both workloads, and no more.
both='^# exact 4 record=end records=4 verdict=SKIP '

# on_machines NAME END MACHINE... -- ARGUMENT...: three cells a machine. Without isa-debug-exit it ends by END: `off`, and a reset
# would begin anew until the time limit; or `reset`.
on_machines() {
    local name=$1 action=(-action reboot=reset) machine machines=()
    [[ $2 == off ]] || action=()
    shift 2
    while [[ $1 != -- ]]; do
        machines+=("$1")
        shift
    done
    shift
    for machine in "${machines[@]}"; do
        # shellcheck disable=SC2086 # several words
        {
            cell "$name, $machine" 39 "$both" "$@" -machine $machine
            cell "$name, $machine, port 0xe9, no isa-debug-exit" 0 "$both" --bare "${action[@]}" \
                -device isa-debugcon,iobase=0xe9,chardev=serial "$@" -machine $machine
        }
    done
}

@test "QEMU's -kernel by multiboot 1" {
    on_machines multiboot off pc q35 microvm microvm,pit=off,pic=off -- -kernel "$GUEST" -append "$listed"
    on_machines multiboot reset "isapc -cpu qemu64" microvm,acpi=off -- -kernel "$GUEST" -append "$listed"
    end_cells
}

@test "QEMU's -kernel by PVH" {
    make_pvh "$GUEST" "$pvh"
    on_machines pvh off pc q35 microvm microvm,pit=off,pic=off "microvm -bios qboot.rom" -- -kernel "$pvh" -append "$listed"
    on_machines pvh reset "isapc -cpu qemu64" microvm,acpi=off -- -kernel "$pvh" -append "$listed"
    end_cells
}

@test "GRUB with BIOS by multiboot 1 and 2" {
    for loader in multiboot multiboot2; do
        iso=$(make_iso $loader "$listed")
        on_machines $loader off pc q35 -- -cdrom "$iso"
        on_machines $loader reset "isapc -cpu qemu64" -- -cdrom "$iso"
    done
    end_cells
}

@test "GRUB with UEFI by multiboot 2, with a screen and without, and by multiboot 1, which does not tell where ACPI's tables are" {
    [ -r "$ovmf" ] || skip "no OVMF here"
    iso=$(make_iso multiboot2 "$listed")
    on_machines uefi off q35 -- -bios "$ovmf" -cdrom "$iso"
    cell "screen" 0 "$both" --bare -action reboot=reset -serial chardev:serial -bios "$ovmf" -cdrom "$iso" -machine pc -vga std
    iso=$(make_iso multiboot "$listed")
    cell "multiboot 1" 0 "$both" --bare -serial chardev:serial -bios "$ovmf" -cdrom "$iso" -machine q35
    end_cells
}

@test "syslinux's mboot.c32 from an ISO" {
    iso=$(make_iso isolinux "$listed")
    on_machines isolinux off pc q35 -- -cdrom "$iso"
    on_machines isolinux reset "isapc -cpu qemu64" -- -cdrom "$iso"
    end_cells
}

@test "each loader hands over the words as they are, blanks and quotes around them included" {
    make_pvh "$GUEST" "$pvh"
    for loader in multiboot multiboot2 isolinux; do
        cell "$loader" 37 'message="unknown key: speed=a,b:c;d/e"' -cdrom "$(make_iso $loader "list  iterations=5   speed=a,b:c;d/e")"
    done
    for image in "$GUEST" "$pvh"; do
        cell "kernel ${image##*/}" 37 'message="unknown key: speed=a,b:c;d/e"' -kernel "$image" -append "list  iterations=5   speed=a,b:c;d/e"
        cell "nothing ${image##*/}" 37 'message="no exit counters: ' -kernel "$image"
    done
    end_cells
}

# How much of its own the firmware keeps at the end of memory is not the same in each release.
@test "no loader and no firmware has touched a page of the pool" {
    make_pvh "$GUEST" "$pvh"
    cells=("pc 128M 16 93 -kernel $GUEST" "q35 128M 16 93 -kernel $pvh" "microvm 64M 16 29 -kernel $GUEST" "q35 3G 16 128 -kernel $GUEST")
    for loader in multiboot multiboot2 isolinux; do
        cells+=("pc 128M 16 93 -cdrom $(make_iso $loader "$listed")")
    done
    if [ -r "$ovmf" ]; then
        cells+=("q35 512M 32 128 -bios $ovmf -cdrom $(make_iso multiboot "$listed")"
            "q35 256M 32 64 -bios $ovmf -cdrom $(make_iso multiboot2 "$listed")")
    fi
    for cell in "${cells[@]}"; do
        read -r machine size begin least_size arguments <<<"$cell"
        echo "$cell"
        memory=$BATS_TEST_TMPDIR/memory
        [[ $arguments != -kernel* ]] || arguments+=" -append list"
        # shellcheck disable=SC2086 # several words
        cell memory 39 '^# exact [0-9]+ record=end ' -object "memory-backend-file,id=memory,size=$size,mem-path=$memory,share=on" \
            -m "$size" -machine "$machine,memory-backend=memory" $arguments
        end_cells
        read -r found_begin found_size touched < <("$root/tests/boot/touched-pages" "$memory" "$GUEST.elf64")
        echo "found: $found_begin $found_size $touched"
        [ "$found_begin" -eq "$begin" ]
        [ "$found_size" -ge "$least_size" ]
        [ -z "$touched" ]
        rm "$memory"
    done
}
