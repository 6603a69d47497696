# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# lab/qemu-arguments: QEMU's command line for all that is measured.

setup() {
    cd "$BATS_TEST_DIRNAME/../.."
}

# prints EXPECTED NAME=VALUE...: the arguments in one line.
prints() {
    lab/qemu-arguments "${@:2}" >"$BATS_TEST_TMPDIR/lines"
    diff <(paste -sd ' ' "$BATS_TEST_TMPDIR/lines") <(echo "$1")
}

refuses() {
    run lab/qemu-arguments "${@:2}"
    echo "$output"
    [ "$status" -eq 2 ]
    [[ $output == "qemu-arguments: $1"* && ${#lines[@]} -le 2 ]]
}

common='-nodefaults -no-user-config -display none -vga none -no-reboot -chardev file,id=serial,mux=on,path'
debug_exit='-device isa-debug''-exit,iobase=0xf4,iosize=0x4'

@test "what is measured gets a serial port, a way out, 128 MiB and one CPU" {
    prints "-accel kvm -cpu max -machine pc -m 128M -smp 1 $common=/s -serial chardev:serial $debug_exit -kernel /k" \
        accelerator=kvm serial=/s kernel=/k
}

@test "each value goes to its argument" {
    prints "-accel tcg -cpu c -machine m -m 1G -smp 4 $common=/a,,b -serial chardev:serial -device virtio-serial-pci,ioeventfd=off,vectors=0 \
-device virtconsole,chardev=serial $debug_exit -kernel k k -initrd i -append a=1 b" \
        virtio-console=yes append='a=1 b' initrd=i kernel='k k' vcpus=4 memory=1G machine=m cpu=c serial=/a,b accelerator=tcg
    prints "-accel kvm -cpu max -machine pc -m 128M -smp 1 $common=/s -serial chardev:serial -chardev pipe,id=qmp,path=/q \
-mon chardev=qmp,mode=control -device isa-debug-exit,iobase=0xf5,iosize=0x1 -append " accelerator=kvm serial=/s qmp=/q append=
}

@test "the environment changes nothing" {
    kernel=/e append=e initrd=e prints "-accel kvm -cpu max -machine pc -m 128M -smp 1 $common=/s -serial chardev:serial $debug_exit" \
        accelerator=kvm serial=/s
}

@test "wrong words are refused" {
    refuses 'accelerator and serial are wanted' serial=/s
    refuses 'accelerator and serial are wanted' accelerator=kvm
    refuses 'unknown argument accelerator=xen' accelerator=xen serial=/s
    refuses 'unknown argument virtio-console=1' accelerator=kvm serial=/s virtio-console=1
    refuses 'unknown argument kernel' accelerator=kvm serial=/s kernel
    refuses 'a value with a line break: append=a' accelerator=kvm serial=/s append=$'a\n-device b'
}

@test "busybox' shell prints the same" {
    words=(accelerator=kvm serial=/a,b kernel=/k append='a b' virtio-console=yes)
    diff <(lab/qemu-arguments "${words[@]}") <(busybox sh lab/qemu-arguments "${words[@]}")
}

@test "no other place spells QEMU's way out" {
    [ "$(git grep --untracked -lF 'isa-debug''-exit,iobase=0xf4')" = lab/qemu-arguments ]
}
