# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# `exitscope load-kvm` with real modules: boots the lab's L1 kernel with stock modules loaded, as a host that has kmod beside
# busybox, and loads and puts back there. Needs what the lab needs, kmod and EXITSCOPE (set by ctest); builds two sets of modules
# if they are not cached. Two minutes else.

setup_file() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    export root
    # shellcheck source=tests/patch/l1.bash
    . "$root/tests/patch/l1.bash"
    kernel=$(l1_kernel)
    stock=$("$root/scripts/build-kvm" --kernel-build "$kernel/build" --stock)
    new=$("$root/scripts/build-kvm" --kernel-build "$kernel/build")
    export initrd=$BATS_FILE_TMPDIR/initrd new_source stock_source
    make_initrd
}

# install_program FILE FOLDER: with its libraries.
install_program() {
    local library
    install "$1" "$initrd/$2/"
    for library in $(ldd "$1" | grep -oE '/[^ ]+'); do
        install -D "$library" "$initrd$library"
    done
}

make_initrd() {
    local release program
    release=$(<"$kernel/build/include/config/kernel.release")
    l1_initrd "$initrd"
    mkdir -p "$initrd"/{kmod,run,new,cut,broken,lib/modules/"$release"}
    install_program "$EXITSCOPE" bin
    strip "$initrd/bin/exitscope" # of 50 MB of debug information
    install_program "$(command -v kmod)" kmod
    for program in insmod rmmod modprobe modinfo; do
        ln -s kmod "$initrd/kmod/$program"
        rm -f "$initrd/bin/$program"
        [[ $program == insmod ]] || ln -s "/kmod/$program" "$initrd/bin/$program"
    done
    install "$BATS_TEST_DIRNAME/l1_insmod" "$initrd/bin/insmod"
    install "$BATS_TEST_DIRNAME/l1_init" "$initrd/init"
    for program in hold_vm hold_event; do
        gcc -static -O1 -Wall -Wextra -Werror -o "$initrd/bin/$program" "$BATS_TEST_DIRNAME/$program.c"
    done
    cp "$stock"/*.ko "$kernel/irqbypass.ko" "$initrd/lib/modules/$release/"
    /sbin/depmod -b "$initrd" "$release"
    cp "$new"/*.ko "$initrd/new/"
    cp "$new"/*.ko "$initrd/cut/"
    truncate -s -1000 "$initrd/cut/kvm-intel.ko" "$initrd/cut/kvm-amd.ko"
    # A module whose information can be read, but that this kernel does not load.
    cp "$new"/*.ko "$initrd/broken/"
    LC_ALL=C sed -i 's/mod_unload /mod_unl0ad /' "$initrd"/broken/kvm-*.ko
    new_source=$(modinfo -F srcversion "$new/kvm.ko") stock_source=$(modinfo -F srcversion "$stock/kvm.ko")
    [ "$new_source" != "$stock_source" ]
}

# expect STEP STATUS LINE...: what a step ended with, and whole lines it printed.
expect() {
    local text line
    text=$(sed -n "/^STEP $1\$/,/^\(OTHER\|SAME\)\$/p; /^STEP $1\$/,/^STEP/ { /^REMEMBERED/p }" "$log")
    echo "$text"
    grep -qx "STATUS $2" <<<"$text"
    for line in "${@:3}"; do
        echo "wanted: $line"
        grep -qE -- "$line" <<<"$text"
    done
    ! grep -qE '^(SAME|OTHER|REMEMBERED)$' <<<"$text" ||
        found=$(grep -xE 'SAME|OTHER|REMEMBERED' <<<"$text" | tr '\n' ' ')
}

# check_host VENDOR PARAMETER ISA
check_host() {
    local found log
    # shellcheck source=tests/patch/l1.bash
    . "$root/tests/patch/l1.bash"
    echo "$1 $2" >"$initrd/setting"
    boot_l1 "$3" "$initrd"
    cat "$log"
    grep -qE "/$2:(Y|1)" "$log" && grep -qE '/nested:(N|0)' "$log" && grep -q '/halt_poll_ns:12345' "$log"

    expect off 0 "$2=N" 'exit_counters=1 exit_counters_cycles=Y' "srcversion $new_source" 'load-kvm --restore'
    [ "$found" = 'OTHER REMEMBERED ' ]
    expect on 0 "$2=Y" 'exit_counters=2 exit_counters_cycles=N' "srcversion $new_source"
    [ "$found" = 'OTHER REMEMBERED ' ]
    expect held-restore 3 'process [0-9]+ \(hold_vm\)'
    [ "$found" = 'OTHER REMEMBERED ' ]
    expect restore 0 "$2=Y" 'nested=(N|0)' "srcversion $stock_source"
    [ "$found" = 'SAME ' ]
    expect held 3 "process $(sed -n 's/^HOLDER //p' "$log") \\(hold_vm\\)"
    [ "$found" = 'SAME ' ]
    expect traced 3 'a tracing session has kvm events enabled \(kvm_exit\)'
    [ "$found" = 'SAME ' ]
    # This one really holds the module, as does a counted event.
    expect triggered 3 'a tracing trigger \(instance mine\) uses kvm events \(kvm_exit\)'
    [ "$found" = 'SAME ' ]
    expect counted 3 '1 user of kvm that is no process, module or tracing session .* process [0-9]+ \(hold_event\), which has perf events open'
    [ "$found" = 'SAME ' ]
    expect cut 69
    [ "$found" = 'SAME ' ]
    expect broken 1 'Invalid module format' 'putting back'
    [ "$found" = 'SAME ' ]
    expect interrupted 130 'putting back'
    [ "$found" = 'SAME ' ]
    expect interrupted-later 130 'putting back'
    [ "$found" = 'SAME ' ]
    expect from-nothing 0 "$2=Y"
    [ "$found" = 'OTHER REMEMBERED ' ]
    expect to-nothing 0 'no KVM is loaded'
    [ "$found" = 'SAME ' ]
    [ -z "$(grep SPLAT "$log")" ]
}

@test "AMD: loads, refuses, fails and is interrupted, and the stock modules come back as they were" {
    check_host kvm_amd npt svm
}

@test "Intel: loads, refuses, fails and is interrupted, and the stock modules come back as they were" {
    check_host kvm_intel ept vmx
}
