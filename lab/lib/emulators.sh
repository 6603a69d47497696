# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# The two machines L1 runs in. Each start_ function leaves the process in $emulator; the machine writes
# $out/l1.log (COM1), $work/live (COM2) and $work/results (the parallel port). Sourced by lab/boot, whose
# variables isa, apicv, live, out and work it reads.
# Where the array svm_options is set, QEMU gets it too.
# shellcheck disable=SC2154,SC2034

bochs_ips=50000000 # also the rate of its time stamp counter
image_address=0x1000000  # where the kernel is linked to
page_bytes=4096
sector_bytes=512
cylinder_sectors=$((16 * 63)) # Bochs divides a disk so; each of its sectors must be in a cylinder
# Bochs says that its processor has hyper-threads (28) and leaves open how many, which Linux 6.12 warns of where it is built for
# several. Bochs has no fast strings (297, ERMS), and Linux 6.1's memmove() never ends where the CPU has those for short ones (580, FSRM)
# only, as it would have in QEMU from 9.1 on.
kernel_words='console=ttyS0 loglevel=4 clearcpuid=28,297,580 rootfstype=ramfs panic=-1 mitigations=off tsc=reliable lpj=500000'

# memory_of KERNEL_FOLDER: prints L1's memory in MiB.
memory_of() {
    local name=${1##*/}
    [[ $name != tree-* ]] || name=$(small_kernel)-
    kernel_value "${name%-*}" memory
}

# What the program says of itself; it need not be the installed package's.
emulator_version() {
    case $isa in
        vmx) printf 'bochs %s\n' "$({ bochs-bin --help 2>&1 || true; } | sed -n 's/.*Bochs x86 Emulator //p')" ;;
        svm) printf 'qemu-tcg %s\n' "$(qemu-system-x86_64 --version | sed -n '1s/.*version //p')" ;;
    esac
}

# Whether this QEMU's TCG lets a guest read CR3 and CR4 although KVM intercepts that (docs/emulators.md).
cr3_reads_are_lost() {
    printf '%s\n' 9.1 "$(qemu-system-x86_64 --version | sed -n '1s/.*version \([0-9.]*\).*/\1/p')" | sort -VC
}

# Sends L1's console a byte twice a second: XON, which its terminal swallows.
#
# QEMU (7.2) can lose an interrupt of L1: its VMRUN and its exit change interrupt_request without the lock under which a
# device sets a bit in it. Was that L1's timer, nothing happens in L1 any more, but with the next interrupt of whatever
# kind the APIC looks at all that wait. Under -icount there is no such race, and a run must repeat exactly.
beat() {
    [[ " ${svm_options[*]} " != *" -icount "* ]] || return 0
    while sleep 0.5 && printf '\021'; do :; done 2>/dev/null
}

# words_of KERNEL_FOLDER: prints its command line; what is its own comes from its folder.
words_of() {
    printf '%s %s' "$kernel_words" "$(cat "$1/words" 2>/dev/null || true)"
}

start_svm() {
    local kernel=$1 memory
    memory=$(memory_of "$kernel") || return
    # The check counts ticks of real time, and where this machine is busy with other things it finds too few and panics.
    qemu-system-x86_64 -accel tcg -cpu max,+svm,+npt -machine pc -m "$memory" -nodefaults -no-user-config \
        -display none -no-reboot -kernel "$kernel/vmlinux" -initrd "$work/initrd" -append "$(words_of "$kernel") no_timer_check tsc_early_khz=$("$2/tsc-khz")" \
        -chardev "stdio,id=log,signal=off,logfile=${out//,/,,}/l1.log" -serial chardev:log -serial "file:$(live_file)" -parallel "file:$work/results" \
        -device isa-debug-exit,iobase=0x501,iosize=0x1 "${svm_options[@]}" < <(beat) >/dev/null 2>"$work/emulator.log" &
    emulator=$!
}

# Bochs gets the kernel and the ramdisk as one image of memory, also on a disk, and a firmware that only enters the kernel.
start_vmx() {
    local kernel=$1 memory initrd_address model=corei7_haswell_4770 live_path
    live_path=$(live_file)
    [[ ${apicv:-0} == 0 ]] || model=corei7_skylake_x # the first of Bochs' models with APICv
    memory=$(memory_of "$kernel") || return
    initrd_address=$((($(<"$kernel/end") + page_bytes - 1) / page_bytes * page_bytes))
    (
        cd "$work" || exit
        ln -sfn "$out" out # Bochs takes no blank and no comma in a path, so it gets relative ones
        printf '%s' "$(words_of "$kernel") tsc_early_khz=$((bochs_ips / 1000))" >command-line
        cp "$kernel/kernel.bin" image
        truncate -s $((initrd_address - image_address)) image
        cat initrd >>image
        truncate -s +4 image
        truncate -s "%$((cylinder_sectors * sector_bytes))" image
        truncate -s -4 image
        printf '\x2d\x3c\x5a\x6b' >>image # the firmware's magic word
        as --32 -o start.o --defsym "kernel_entry=$(<"$kernel/entry")" --defsym image_address=$image_address \
            --defsym "image_size=$(stat -c %s image)" --defsym "sectors_per_read=$((cylinder_sectors / 4))" \
            --defsym initrd_address=$initrd_address --defsym "initrd_size=$(stat -c %s initrd)" \
            --defsym "memory_size=$((memory << 20))" "$lab_folder/firmware/start.S"
        truncate -s $sector_bytes no-vga-rom # where Bochs looks for one by itself differs between versions
        ld -m elf_i386 -Ttext 0xf0000 --oformat binary -o firmware start.o
        # IA32_MISC_ENABLE with its fast-string bit: Bochs has none, and Linux then copies memory word by word.
        printf '0x1a0 0 00000000 00000001 00000000 00000000 00000000 00000000\n' >msrs
        cat >bochsrc <<TEXT
megs: $memory
cpu: model=$model, count=1, ips=$bochs_ips, reset_on_triple_fault=1, msrs=msrs
romimage: file=firmware, address=0xffff0000
vgaromimage: file=no-vga-rom
optramimage1: file=image, address=$image_address
ata0-master: type=disk, path=image, mode=flat
clock: sync=none, time0=946684800
com1: enabled=1, mode=file, dev=out/l1.log
com2: enabled=1, mode=file, dev=${live_path#"$work/"}
parport1: enabled=1, file=results
display_library: term
sound: waveoutdrv=dummy
log: bochs.log
panic: action=fatal
error: action=ignore
info: action=ignore
debug: action=ignore
TEXT
        echo c >debugger
    )
    # This build of Bochs starts in its debugger; its plainest display wants a terminal type, not a terminal.
    cp "$2/bochs.so" "$work/" # a path that the loader takes, whatever the cache folder is called
    (cd "$work" && LD_PRELOAD=./bochs.so TERM=vt100 exec bochs-bin -q -f bochsrc -rc debugger) </dev/null >"$work/emulator.log" 2>&1 &
    emulator=$!
}

live_file() {
    if [[ $live == yes ]]; then
        printf '%s\n' "$work/live"
    else
        printf '/dev/null\n'
    fi
}
