# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# How a small L1 kernel is made of a kernel's source, wherever that comes from. Sourced by small-kernel.sh and tree-kernel.sh, which
# set l1 to what the kernel is called and configs to the names of its files in lab/kernel, separated by commas.
#
# shellcheck disable=SC2034,SC2154 # what it sets for them, and those two

# shellcheck source=lab/lib/precompiled-headers.sh
. "$lab_folder/lib/precompiled-headers.sh"
# shellcheck source=lab/lib/kernel-images.sh
. "$lab_folder/lib/kernel-images.sh"

# How many files are compiled, about.
expected_files=600

# What it is made of: of most folders only what Kconfig and make read.
source_folders=(
    arch/x86 drivers/base drivers/char drivers/clocksource drivers/rtc drivers/tty fs include
    init io_uring ipc kernel lib mm scripts security tools/include tools/lib/bpf usr virt
    Documentation/virt/kvm Documentation/admin-guide/kernel-parameters.txt
)

# Prints what the kernel's configuration is made of, in the order in which it counts: the last word wins.
config_files() {
    tr ',' '\n' <<<"$configs" | sed "s,.*,$lab_folder/kernel/&.config,"
}

# Prints what else than the source decides what the kernel is.
build_inputs() {
    local files
    gcc --version
    ld --version
    mapfile -t files < <(config_files)
    cat "$lab_folder"/lib/{small-build,precompiled-headers,kernel-images}.sh "$common_headers" "${files[@]}"
}

# Changes an unpacked source, so that it takes less time: change_source TREE
change_source() {
    skip_empty_folders "$1"
    go_without_objtool "$1"
    is_instrumented || use_precompiled_headers "$1"
    # The C code at the PVH entry, and memcmp() that it calls, run before KASAN's shadow is mapped; 6.1 does not say so.
    printf 'KASAN_SANITIZE := n\n' >>"$1/arch/x86/platform/pvh/Makefile"
    printf 'KASAN_SANITIZE_string.o := n\n' >>"$1/lib/Makefile"
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
    [[ $configs == *debug* ]]
}

# Options that a kernel has to take, as an extended regular expression of their names.
needed_options='.*'
# What .configured holds: nothing but that it is, or what it was configured for.
configuration=

# Writes .config, and fails if the kernel does not take all that is needed. What else it does not take is said.
configure() {
    local files line name problem
    mapfile -t files < <(config_files)
    cat "${files[@]}" | grep '^CONFIG_' | tac | awk -F= '!seen[$1]++' | tac >wanted.config
    # tinyconfig leaves on what KVM has on by default, such as its IOAPIC and SMM; a version of Linux has more of that than another.
    make -s tinyconfig && scripts/kconfig/merge_config.sh -m .config wanted.config && make -s olddefconfig || return 1
    while read -r line; do
        name=${line%%=*} problem=
        case $line in
            CONFIG_*=n) ! grep -q "^$name=" .config || problem="$name cannot be switched off" ;;
            CONFIG_*) grep -Fqx "$line" .config || problem="the kernel does not take $line" ;;
        esac
        [[ -z $problem ]] || echo "$problem"
        [[ -z $problem || ! $name =~ ^CONFIG_($needed_options)$ ]] || return 1
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

# Names and times must not make two builds differ.
export KBUILD_BUILD_TIMESTAMP=@0 KBUILD_BUILD_USER=exitscope KBUILD_BUILD_HOST=lab KBUILD_BUILD_VERSION=1

# Configures and compiles FOLDER/build, and collects what comes of it in FOLDER; where an earlier call was interrupted, it goes on:
# build_in FOLDER
build_in() {
    local folder=$1 log=$1/build.log
    trap clean_up EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    cd "$folder/build" || return
    if [[ ! -e .configured ]]; then
        configure >"$log" 2>&1 || die 1 "the configuration failed: $(tail -n 3 "$log")"
        ! grep -E '^the kernel does not take|cannot be switched off$' "$log" >&2 || say "it is built without that"
        printf '%s\n' "$configuration" >.configured
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
