# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# `exitscope run --on host` on a host with real modules, real modprobe, real QEMU and a real guest: the lab's L1 is that
# host. On AMD it runs Debian's own kernel and Debian's own KVM. Needs what the lab needs, kmod, jq, and GUEST, TRACER and
# EXITSCOPE (set by ctest). Three minutes, when the kernels and modules are cached.

setup_file() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    export root
}

# install_program FILE FOLDER: with its libraries.
install_program() {
    local library
    install -D "$1" "$2"
    for library in $(ldd "$1" | grep -oE '/[^ ]+'); do
        [[ -e $initrd$library ]] || install -D "$library" "$initrd$library"
    done
}

# make_host KERNEL_FOLDER STOCK_MODULES_FOLDER: the lab's image with a checkout and a command in it, and modprobe.
make_host() {
    local release program
    initrd=$BATS_TEST_TMPDIR/initrd
    mkdir "$initrd"
    (cd "$initrd" && busybox cpio -idm <"$("$root/lab/build-image" "$1")/base.cpio" 2>/dev/null)
    release=$(modinfo -F vermagic "$1/irqbypass.ko" | cut -d ' ' -f 1)
    mkdir -p "$initrd"/{kmod,new,root,checkout/lab,lib/modules/"$release"}
    install_program "$(command -v kmod)" "$initrd/kmod/kmod"
    for program in insmod rmmod modprobe modinfo; do
        ln -s kmod "$initrd/kmod/$program"
        ln -sf "/kmod/$program" "$initrd/bin/$program"
    done
    install_program "$EXITSCOPE" "$initrd/bin/exitscope"
    install_program "$TRACER" "$initrd/trace/exitscope-trace"
    strip "$initrd/bin/exitscope" "$initrd/trace/exitscope-trace" # of 50 MB of debug information
    install "$GUEST" "$initrd/guest"
    install -D "$("$root/lab/build-kernel" --l1 "$(. "$root/lab/lib/kernel-table.sh" && small_kernel)")/vmlinux" "$initrd/inner/vmlinux"
    install "$("$root/lab/build-inner" "${EXITSCOPE%/*}/../exitstat/exitstat")" "$initrd/inner/initrd"
    install "$BATS_TEST_DIRNAME/run_init" "$initrd/init"
    gcc -static -O1 -Wall -Wextra -Werror -o "$initrd/bin/hold_vm" "$BATS_TEST_DIRNAME/hold_vm.c"
    cp "$root"/lab/{describe-kvm,qemu-arguments} "$initrd/checkout/lab/"
    cp "$2"/*.ko* "$1/irqbypass.ko" "$initrd/lib/modules/$release/"
    /sbin/depmod -b "$initrd" "$release"
    cp "$("$root/scripts/build-kvm" --lean --kernel-build "$1/build")"/*.ko "$initrd/new/"
}

# said STEP: what that step printed.
said() {
    sed -n "/^STEP $1\$/,/^STEP /p" "$log"
}

# expect STEP STATUS TEXT...
expect() {
    local text
    said "$1"
    said "$1" | grep -qx "STATUS $2"
    said "$1" | grep -qx SAME
    for text in "${@:3}"; do
        echo "wanted: $text"
        said "$1" | grep -qE -- "$text"
    done
}

# expect_doctor NAME STATUS TEXT...
expect_doctor() {
    local said text
    said=$(sed -n "/^DOCTOR $1\$/,/^STATUS /p" "$log")
    grep -qx "STATUS $2" <<<"$said"
    for text in "${@:3}"; do
        echo "wanted of doctor $1: $text"
        grep -qE -- "$text" <<<"$said"
    done
}

# Where QEMU lets a guest read KVM's CR3 no Linux runs under npt=0 (docs/emulators.md): runs_linux_in_both ISA
runs_linux_in_both() {
    [ "$1" = vmx ] || ! bash -c '. "$1" && cr3_reads_are_lost' - "$root/lab/lib/emulators.sh"
}

# measures_on L1 VENDOR PARAMETER ISA REASON: that both settings are measured there, and that all else is refused or undone.
measures_on() {
    local log setting
    # shellcheck source=tests/patch/l1.bash
    . "$root/tests/patch/l1.bash"
    echo "$2 $3" >"$initrd/setting"
    : >"$initrd/linux-options"
    runs_linux_in_both "$4" || echo "--setting $3=1" >"$initrd/linux-options"
    l1_limit=500 boot_l1 "$4" "$initrd" "$1"
    cat "$log"
    grep -qE "/$3:(Y|1)" "$log" && grep -qE '/nested:(N|0)' "$log" && grep -q '/halt_poll_ns:12345' "$log"
    expect held 2 'process [0-9]+ \(hold_vm\)'
    expect both 0 "load KVM with $3=1 " "$3=1 on this host" "load KVM with $3=0 " "$3=0 on this host" "put this host's KVM back" \
        '^verdict +PASS +PASS' "page_first_touch +100 $5"
    for setting in "$3=1" "$3=0"; do
        sed -n "s/^JSON $setting //p" "$log" | base64 -d | gzip -d >"$BATS_TEST_TMPDIR/$setting.json"
        [ "$(jq -r '.setting + " " + .verdict' "$BATS_TEST_TMPDIR/$setting.json")" = "$setting PASS" ]
        "$EXITSCOPE" show "$BATS_TEST_TMPDIR/$setting.json"
    done
    expect one 0 "page_first_touch +50 "
    if runs_linux_in_both "$4"; then
        expect linux 0 "load KVM with $3=1 " "load KVM with $3=0 " "put this host's KVM back" "^phase +reason +$3=1 +$3=0\$" \
            '^boot +all +[0-9]+ +< +[0-9]+$' '^fork +all +[0-9]+ +< +[0-9]+$' " +CPUID +(22|33) +=  +(22|33)\$" "^ +$5 +[0-9]+ +>  +0\$"
    else
        expect linux 0 "load KVM with $3=1 " "put this host's KVM back" '^boot +all +[0-9]+' '^fork +all +[0-9]+' " +CPUID +(22|33)" "^ +$5 +[0-9]+"
    fi
    expect interrupted 130 'what had not ended was not judged'
    # Nobody patched this KVM: the checkout there has no series. Its counts are those of the patched one.
    expect own 0 'no series for Linux .* its own KVM is measured, from outside' "Only $3=1, which is in force" "page_first_touch +100 $5"
    ! said own | grep -q 'load KVM\|put this host' || false
    expect own-both 0 "$3=1 on this host" "load KVM with $3=0 " "$3=0 on this host" "put this host's KVM back" '^verdict +PASS +PASS'
    ! said own-both | grep -q "load KVM with $3=1" || false
    for setting in "$3=1" "$3=0"; do
        sed -n "s/^JSON own $setting //p" "$log" | base64 -d | gzip -d >"$BATS_TEST_TMPDIR/own-$setting.json"
        [ "$(jq -r .evidence.counters.source "$BATS_TEST_TMPDIR/own-$setting.json")" = trace ]
        # Marks the canaries, too, which the other run was not asked for.
        diff <(jq -cS '.workloads[] | [.name, .exits]' "$BATS_TEST_TMPDIR/$setting.json") \
            <(jq -cS '.workloads[] | select(.name != "empty") | [.name, .exits]' "$BATS_TEST_TMPDIR/own-$setting.json")
    done
    expect own-interrupted 143 'what had not ended was not judged'
    expect_doctor held 1 '^  ok +/dev/kvm +opens, a VM and a vCPU can be made, a guest runs' 'none: this is a stock KVM' '^  problem  KVM users +in use by process [0-9]+ .hold_vm.'
    expect_doctor counting 0 "^  ok +exit counters +in force with $3=1, a guest can read them" '^host: a run would work$'
    ! grep SPLAT "$log"
}

@test "AMD, Debian's kernel and KVM: npt=1 and npt=0 are measured, and Debian's modules come back" {
    . "$root/tests/patch/l1.bash"
    own=$(. "$root/lab/lib/kernel-table.sh" && kernels_with image '[^-]' | head -n 1)
    kernel=$(l1_kernel "$own")
    make_host "$kernel" "$kernel/stock"
    measures_on "$own" kvm_amd npt svm NPF
}

@test "Intel: ept=1 and ept=0 are measured, and the stock modules come back" {
    . "$root/tests/patch/l1.bash"
    small=$(. "$root/lab/lib/kernel-table.sh" && small_kernel)
    kernel=$(l1_kernel "$small")
    make_host "$kernel" "$("$root/scripts/build-kvm" --kernel-build "$kernel/build" --stock)"
    measures_on "$small" kvm_intel ept vmx EPT_VIOLATION
}
