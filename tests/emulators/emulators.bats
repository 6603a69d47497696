# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# What docs/emulators.md says of the versions of Bochs and QEMU in one suite of Debian, SUITE, as the emulator and in L1: the
# whole catalogue, its differences from Debian 12's, and each fault. Needs SUITE, GUEST and EXITSCOPE (set by ctest), jq, the lab,
# Debian's archive. The first time the emulators are downloaded.

setup_file() {
    export root folder runs l1
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    runs=$BATS_FILE_TMPDIR
    l1=$(. "$root/lab/lib/kernel-table.sh" && small_kernel)
    folder=$("$root/lab/fetch-emulators" "$SUITE")
    "$root/lab/fetch-emulators" bookworm >"$runs/reference-folder"
    measure "$(<"$runs/reference-folder")" reference
    measure "$folder" own
}

setup() {
    PATH=$folder/programs:$PATH
    # shellcheck source=lab/lib/emulators.sh
    . "$root/lab/lib/emulators.sh"
}

# measure FOLDER NAME: the whole catalogue under all settings.
measure() {
    PATH=$1/programs:$PATH EXITSCOPE_L1_QEMU=$1/root "$EXITSCOPE" run --on lab --l1 "$l1" --guest "$GUEST" --workloads all \
        --setting ept=1 --setting ept=0 --setting npt=1 --setting npt=0 --out "$runs/$2" >"$runs/$2.said" 2>&1 || {
        cat "$runs/$2.said"
        return 1
    }
}

# differences SETTING: the workloads that do not cost what they cost in Debian 12's emulators, in one line.
differences() {
    "$EXITSCOPE" compare "$runs/reference/$1.json" "$runs/own/$1.json" --changed >"$BATS_TEST_TMPDIR/compared" || [ $? -eq 1 ]
    sed -n '/^workload /,/^$/s/^\([a-z][a-z0-9_]*\)  .*/\1/p' "$BATS_TEST_TMPDIR/compared" | grep -vx workload | sort | paste -sd ' '
}

# version NAME: of the suite's bochs-bin or qemu-system-x86_64.
version() {
    { "$1" "$2" 2>&1 || true; } | sed -nE 's/.*(Bochs x86 Emulator|emulator version) ([0-9.]+).*/\2/p'
}

# is_at_least VERSION VERSION
is_at_least() {
    printf '%s\n' "$2" "$1" | sort -VC
}

# image NAME: builds the multiboot image of NAME.S.
image() {
    as --32 -o "$BATS_TEST_TMPDIR/$1.o" "$BATS_TEST_DIRNAME/$1.S"
    ld -m elf_i386 -Ttext 0x100000 -o "$BATS_TEST_TMPDIR/$1" "$BATS_TEST_TMPDIR/$1.o"
}

# boot_in_bochs EXPRESSION [BOCHS.SO]: boots L1 with nothing to do, in a Bochs whose configuration went through sed, and that
# loads that library in place of the lab's own; L1's console is in $work/l1.log. The file `zeros` is a disk without L1's kernel.
boot_in_bochs() {
    local program=test kernel image out live=no isa=vmx
    work=$BATS_TEST_TMPDIR/work
    out=$work
    mkdir -p "$work" "$BATS_TEST_TMPDIR/programs"
    printf '#!/bin/sh\ntruncate -r image zeros\nsed -i "%s" bochsrc\nexec timeout -s KILL 60 "%s/programs/bochs-bin" "$@"\n' \
        "$1" "$folder" >"$BATS_TEST_TMPDIR/programs/bochs-bin"
    chmod +x "$BATS_TEST_TMPDIR/programs/bochs-bin"
    # shellcheck source=lab/lib/common.sh
    . "$root/lab/lib/common.sh"
    kernel=$("$root/lab/build-kernel" --l1 "$l1")
    image=$("$root/lab/build-image" "$kernel")
    mkdir "$BATS_TEST_TMPDIR/image"
    cp "$image"/* "$BATS_TEST_TMPDIR/image"
    [[ -z ${2:-} ]] || cp "$2" "$BATS_TEST_TMPDIR/image/bochs.so"
    cp "$image/base.cpio" "$work/initrd"
    PATH=$BATS_TEST_TMPDIR/programs:$PATH start_vmx "$kernel" "$BATS_TEST_TMPDIR/image" 3>&-
    wait "$emulator" || true
}

@test "the emulators are those of the suite, in L1 too" {
    for setting in ept=1 npt=1; do
        jq -r '.provenance | .emulator, .qemu' "$runs/own/$setting.json"
    done >"$BATS_TEST_TMPDIR/used"
    cat "$BATS_TEST_TMPDIR/used"
    bochs=$(version bochs-bin --help) qemu=$(version qemu-system-x86_64 --version)
    [ "$(sed -n 1p "$BATS_TEST_TMPDIR/used")" = "bochs $bochs" ]
    [[ $(sed -n 3p "$BATS_TEST_TMPDIR/used") == "qemu-tcg $qemu "* ]]
    for line in 2 4; do
        [[ $(sed -n ${line}p "$BATS_TEST_TMPDIR/used") == "$qemu "* ]]
    done
    case $SUITE in
        bookworm) [[ $bochs-$qemu == 2.7-7.2.* ]] ;;
        trixie) [[ $bochs-$qemu == 3.0-10.0.* ]] ;;
        trixie-backports) [[ $bochs == 3.0 ]] && is_at_least "$qemu" 11.1 ;;
        testing) is_at_least "$bochs" 3.1 && is_at_least "$qemu" 11.1 ;;
    esac
}

@test "the whole catalogue is PASS under all settings" {
    for setting in ept=1 ept=0 npt=1 npt=0; do
        [ "$(jq -r .verdict "$runs/own/$setting.json")" = PASS ]
        [ "$(jq '.workloads | length' "$runs/own/$setting.json")" -ge 130 ]
    done
}

@test "nothing costs other exits than in Debian 12's emulators but what the documents name" {
    named=''
    ! cr3_reads_are_lost || named='cr4_read invd rdseed xsetbv'
    for setting in ept=1 ept=0; do
        [ -z "$(differences $setting)" ]
    done
    [ "$(differences npt=1)" = "$named" ]
    [ "$(differences npt=0)" = "${named:+cr3_read $named}" ]
}

@test "reads of CR3 under npt=0 give the guest's value before QEMU 9.1, and that of the CPU since" {
    image cr3_read
    run "$EXITSCOPE" lab --setting npt=0 --kernel "$BATS_TEST_TMPDIR/cr3_read" --out "$BATS_TEST_TMPDIR/out"
    echo "$output"
    expected=33
    ! cr3_reads_are_lost || expected=35
    [ "$status" -eq $expected ]
    run "$EXITSCOPE" lab --setting npt=1 --kernel "$BATS_TEST_TMPDIR/cr3_read" --out "$BATS_TEST_TMPDIR/nested"
    [ "$status" -eq 33 ]
}

@test "a Linux under npt=0 is refused at once where it would read the CPU's CR3" {
    cr3_reads_are_lost || skip "QEMU intercepts reads of CR3"
    run "$EXITSCOPE" linux --setting npt=0 --on lab --out "$BATS_TEST_TMPDIR/out"
    echo "$output"
    [ "$status" -eq 2 ]
    [[ $output == *"does not intercept reads of CR3, so no Linux runs under npt=0 in it; a QEMU before 9.1 on PATH does"* ]]
}

@test "a write of CR8 while an interrupt waits ends QEMU's TCG" {
    image cr8_write
    run "$EXITSCOPE" lab --setting npt=1 --kernel "$BATS_TEST_TMPDIR/cr8_write" --out "$BATS_TEST_TMPDIR/out"
    echo "$output"
    cat "$BATS_TEST_TMPDIR/out/emulator.log"
    grep -qE 'assertion failed: \((bql_locked|qemu_mutex_iothread_locked)\(\)\)' "$BATS_TEST_TMPDIR/out/emulator.log"
}

@test "L1's kernel is in memory before Bochs starts up to 3.0, and on the disk for 3.1" {
    boot_in_bochs s/path=image/path=zeros/
    if is_at_least "$(version bochs-bin --help)" 3.1; then
        [ ! -s "$work/l1.log" ]
    else
        grep -q 'L1 is up' "$work/l1.log"
    fi
}

@test "Bochs 3.0 and 3.1 do not find Debian's VGA BIOS by themselves" {
    boot_in_bochs /vgaromimage/d
    if is_at_least "$(version bochs-bin --help)" 3.0; then
        [ ! -s "$work/l1.log" ]
        grep -q "couldn't open ROM image file '.*VGABIOS-lgpl-latest.bin'" "$work/bochs.log" "$work/emulator.log"
    else
        grep -q 'L1 is up' "$work/l1.log"
    fi
}

@test "without the mended division L1 dies in testing's Bochs, and in no other" {
    gcc -shared -fPIC -o "$BATS_TEST_TMPDIR/seed.so" "$root/lab/lib/fixed-seed.c"
    boot_in_bochs '' "$BATS_TEST_TMPDIR/seed.so"
    if [[ $SUITE == testing ]]; then
        grep -q 'divide error' "$work/l1.log"
    else
        grep -q 'L1 is up' "$work/l1.log"
    fi
}

@test "with the mended division L1 starts" {
    boot_in_bochs ''
    grep -q 'L1 is up' "$work/l1.log"
}

@test "without its debugger Bochs has L1 do the same, instruction by instruction" {
    names=$(sed -n 's/.*"\(_Z[A-Za-z0-9_]*\)".*/\1/p' "$root/lab/lib/bochs-debugger.c")
    [ "$(wc -l <<<"$names")" -eq 6 ]
    diff <(sort <<<"$names") <(nm -D --defined-only "$folder/root/usr/bin/bochs-bin" | cut -d ' ' -f 3 | grep -Fx "$names" | sort)
    gcc -shared -fPIC -o "$BATS_TEST_TMPDIR/debugger.so" "$root"/lab/lib/{fixed-seed,bochs-code,bochs-division}.c
    boot_in_bochs '' "$BATS_TEST_TMPDIR/debugger.so"
    grep -q 'L1 is up' "$work/l1.log"
    mv "$work/l1.log" "$BATS_TEST_TMPDIR/with-debugger"
    rm -r "$BATS_TEST_TMPDIR/image"
    boot_in_bochs ''
    cmp "$BATS_TEST_TMPDIR/with-debugger" "$work/l1.log"
}
