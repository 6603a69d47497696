# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Builds a small L1 kernel from Debian's source of its version and lab/kernel/*.config. Sourced by lab/build-kernel, which sets l1
# to the name of the kernel.
#
# shellcheck disable=SC2154 # that is l1

# shellcheck source=lab/lib/precompiled-headers.sh
. "$lab_folder/lib/precompiled-headers.sh"
# shellcheck source=lab/lib/kernel-images.sh
. "$lab_folder/lib/kernel-images.sh"

archive=$("$lab_folder/../scripts/kernel-source" "$(kernel_value "$l1" series)") ||
    die 69 "the source of the L1 kernel $l1 is missing"
source_package=$(basename "${archive%%.tar*}")
# How many files are compiled, about.
expected_files=600

# Prints what the kernel's configuration is made of, in the order in which it counts: the last word wins.
config_files() {
    kernel_value "$l1" config | tr ',' '\n' | sed "s,.*,$lab_folder/kernel/&.config,"
}

# Prints everything that decides what the kernel is.
kernel_inputs() {
    basename "$archive"
    stat -c '%s %Y' "$archive" # every download of a package has the same time
    gcc --version
    ld --version
    mapfile -t files < <(config_files)
    cat "${BASH_SOURCE[0]}" "$lab_folder"/lib/{precompiled-headers,kernel-images}.sh "$common_headers" "${files[@]}"
}

# Unpacks what this kernel is built from: of most folders only what Kconfig and make read.
unpack() {
    local folder paths=()
    for folder in arch/x86 drivers/base drivers/char drivers/clocksource drivers/rtc drivers/tty fs include \
        init io_uring ipc kernel lib mm scripts security tools/include tools/lib/bpf usr virt \
        Documentation/virt/kvm Documentation/admin-guide/kernel-parameters.txt; do
        paths+=("$source_package/$folder")
    done
    rm -rf "$1" "$1.unpacking"
    mkdir -p "$1.unpacking"
    XZ_DEFAULTS=-T0 tar -xf "$archive" -C "$1.unpacking" --strip-components=1 --wildcards \
        --exclude="$source_package/fs/*/*/*.c" "${paths[@]}" \
        "$source_package/[KM]*" "*/Kbuild*" "*/Kconfig*" "*/Makefile*"
    stat -c '%n %s %Y' "$archive" >"$1.unpacking/.unpacked-from" # scripts/build-kvm takes KVM's source from here, then
    skip_empty_folders "$1.unpacking"
    go_without_objtool "$1.unpacking"
    is_instrumented || use_precompiled_headers "$1.unpacking"
    # The C code at the PVH entry, and memcmp() that it calls, run before KASAN's shadow is mapped; 6.1 does not say so.
    printf 'KASAN_SANITIZE := n\n' >>"$1.unpacking/arch/x86/platform/pvh/Makefile"
    printf 'KASAN_SANITIZE_string.o := n\n' >>"$1.unpacking/lib/Makefile"
    mv "$1.unpacking" "$1"
}

# Make would visit some 300 folders of drivers to find that nothing in them is switched on.
skip_empty_folders() {
    printf 'obj-y += %s\n' base/ char/ clocksource/ rtc/ tty/ >"$1/drivers/Makefile"
    : >"$1/arch/x86/platform/Makefile"
}

# Objtool takes longer to build than all that it does for this kernel, and KVM builds without it, too.
go_without_objtool() {
    sed -i '/select HAVE_OBJTOOL[[:space:]]/d' "$1/arch/x86/Kconfig"
    # 6.12 forgot this one where there is no objtool.
    sed -i '/^#else .* !CONFIG_OBJTOOL/,$ s/^\.macro REACHABLE$/.macro VALIDATE_UNRET_BEGIN\n.endm\n&/' \
        "$1/include/linux/objtool.h"
}

# Is its code checked while it runs? Then it is compiled as kernels are.
is_instrumented() {
    [[ $(kernel_value "$l1" config) == *debug* ]]
}

# Writes .config, and fails if the kernel does not take all that is wanted.
configure() {
    local files line name
    mapfile -t files < <(config_files)
    cat "${files[@]}" | grep '^CONFIG_' | tac | awk -F= '!seen[$1]++' | tac >wanted.config
    # tinyconfig leaves on what KVM has on by default, such as its IOAPIC and SMM; a version of Linux has more of that than another.
    make -s tinyconfig && scripts/kconfig/merge_config.sh -m .config wanted.config && make -s olddefconfig || return 1
    while read -r line; do
        name=${line%%=*}
        case $line in
            CONFIG_*=n) ! grep -q "^$name=" .config || { echo "$name cannot be switched off" && return 1; } ;;
            CONFIG_*) grep -Fqx "$line" .config || { echo "the kernel does not take $line" && return 1; } ;;
        esac
    done <wanted.config
}

# compile_tree [VARIABLE=VALUE]
compile_tree() {
    make -j"$(nproc)" "$@" vmlinux modules_prepare
}

# Builds in the current folder; everything it prints is the log. Another release of the kernel, or another compiler, may have a
# file that does not bear precompiled headers.
compile() {
    { compile_tree || { echo 'once more, without precompiled headers' && compile_tree PRECOMPILED=n; }; } &&
        cp vmlinux.symvers Module.symvers &&
        make M=virt/lib modules &&
        cat virt/lib/Module.symvers >>Module.symvers
}

collect() {
    local tree=$1/build
    make_images "$tree/vmlinux" "$1"
    objcopy --strip-debug "$tree/virt/lib/irqbypass.ko" "$1/irqbypass.ko"
}

clean_up() {
    local process
    for process in "${compiler:-}" "${watcher:-}"; do
        [[ -z $process ]] || kill -- "-$process" 2>/dev/null || true
    done
    wait
}

# Makes the folder; where an earlier call was interrupted, it goes on: make_kernel FOLDER
make_kernel() {
    local folder=$1 log=$1/build.log
    # Names and times must not make two builds differ.
    export KBUILD_BUILD_TIMESTAMP=@0 KBUILD_BUILD_USER=exitscope KBUILD_BUILD_HOST=lab KBUILD_BUILD_VERSION=1
    trap clean_up EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    if [[ ! -d $folder/build ]]; then
        say "unpacking $archive"
        unpack "$folder/build"
    fi
    cd "$folder/build" || return
    if [[ ! -e .configured ]]; then
        configure >"$log" 2>&1 || die 1 "the configuration failed: $(tail -n 3 "$log")"
        : >.configured
    fi
    say "compiling the L1 kernel $l1 (log: $log)"
    set -m # each in a process group, so that make's children end with it
    watch_log "$log" '^  CC ' "$expected_files" &
    watcher=$!
    compile >>"$log" 2>&1 &
    compiler=$!
    set +m
    wait "$compiler" || die 1 "the build failed; see $log: $(tail -n 20 "$log")"
    kill -- "-$watcher"
    compiler='' watcher=''
    collect "$folder"
    cd / || return
}
