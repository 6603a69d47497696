# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# The modules load on Debian's unchanged kernel. Needs linux-headers-cloud-amd64, apt-get (the kernel's image
# package is downloaded, not installed), busybox-static and qemu-system-x86.

load debian

setup() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    release=$(debian_release)
    initrd=$BATS_TEST_TMPDIR/initrd
    mkdir -p "$initrd"/{bin,proc,sys,dev}
}

# Takes the kernel and the one module that KVM needs out of Debian's package.
unpack_debian_kernel() {
    cd "$BATS_TEST_TMPDIR"
    apt-get -qq download "linux-image-$release"
    dpkg-deb -x linux-image-*.deb image
    cp "$(find image -name irqbypass.ko)" "$initrd/"
}

make_initrd() {
    cp "$("$root/scripts/build-kvm" --kernel-release "$release")"/*.ko "$initrd/"
    install -t "$initrd/bin" /bin/busybox
    cat >"$initrd/init" <<'INIT'
#!/bin/busybox sh
/bin/busybox --install -s /bin
mount -t proc proc /proc
mount -t sysfs sys /sys
insmod /irqbypass.ko && insmod /kvm.ko exit_counters=1 && insmod /kvm-amd.ko npt=1
echo "kernel $(uname -r)"
echo "exit_counters $(cat /sys/module/kvm/parameters/exit_counters)"
echo "npt $(cat /sys/module/kvm_amd/parameters/npt)"
rmmod kvm_amd && rmmod kvm && echo "unloaded"
sleep 1
poweroff -f
INIT
    chmod +x "$initrd/init"
    (cd "$initrd" && find . | busybox cpio -o -H newc 2>/dev/null) >"$BATS_TEST_TMPDIR/initrd.cpio"
}

@test "the modules load on Debian's own kernel, with the parameter, and unload again" {
    unpack_debian_kernel
    make_initrd
    run timeout 120 qemu-system-x86_64 -accel tcg -cpu max,+svm,+npt -m 512M -display none -no-reboot -nodefaults \
        -serial stdio -kernel "$(find "$BATS_TEST_TMPDIR/image/boot" -name 'vmlinuz-*')" \
        -initrd "$BATS_TEST_TMPDIR/initrd.cpio" -append 'console=ttyS0 panic=-1 quiet'
    echo "$output"
    [ "$status" -eq 0 ]
    output=${output//$'\r'/}
    [[ $output == *"kernel $release"* ]]
    [[ $output == *"exit_counters 1"* ]]
    [[ $output =~ npt\ [Y1] ]]
    [[ $output == *unloaded* ]]
    [[ $output != *"disagrees about version"* && $output != *"Unknown symbol"* ]]
}
