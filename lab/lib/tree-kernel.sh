# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Builds a small L1 kernel from a source tree of the user's own, a git checkout or an unpacked archive, which is read only: what is needed
# of it is copied. A later call compiles what has changed since. Sourced by lab/build-kernel, which sets tree.
#
# shellcheck disable=SC2034,SC2154 # what small-build.sh and build-kernel read, and set

l1=tree configs=l1
# shellcheck source=lab/lib/small-build.sh
. "$lab_folder/lib/small-build.sh"

# Without these there is nothing to measure, or nothing that measures; what else a tree lacks is only said.
needed_options='64BIT|MODULES|MODULE_UNLOAD|PVH|BLK_DEV_INITRD|PRINTK|TTY|SERIAL_8250|SERIAL_8250_CONSOLE|BINFMT_ELF|PROC_FS|SYSFS|DEVTMPFS'
needed_options+='|TMPFS|FUTEX|EPOLL|EVENTFD|VIRTUALIZATION|KVM|KVM_INTEL|KVM_AMD|PERF_EVENTS|BPF_SYSCALL|BPF_EVENTS'

# Prints which tree it is, and what decides how it is built.
kernel_inputs() {
    printf '%s\n' "$tree"
    cat "${BASH_SOURCE[0]}"
    build_inputs
}

# Prints the names of the tree's own files, without what a build has left in it.
files_of_tree() {
    if [[ $(git -C "$tree" rev-parse --show-toplevel 2>/dev/null) == "$tree" ]]; then
        git -C "$tree" ls-files -co --exclude-standard
    else
        (cd "$tree" && find . \( -path ./include/generated -o -path ./include/config -o -path ./arch/x86/include/generated \) -prune -o \
            -type f ! -name '*.o' ! -name '*.ko' ! -name '*.a' ! -name '.*.cmd' ! -name .config -print | sed 's,^\./,,')
    fi
}

# Copies what is needed of it: copy_tree FOLDER
copy_tree() {
    local folders
    folders=$(IFS='|' && printf '%s' "${source_folders[*]}")
    mkdir -p "$1"
    # A file that git knows and that was deleted is left out.
    files_of_tree | grep -E "^($folders)(/|\$)|^[KM][^/]*\$|(^|/)(Kbuild|Kconfig|Makefile)[^/]*\$" | grep -vE '^fs/[^/]+/[^/]+/[^/]+\.c$' |
        tar -c -C "$tree" --ignore-failed-read --warning=no-failed-read -T - | tar -x -C "$1"
    change_source "$1"
}

# The files in TO become those in FROM. What does not differ keeps its time, so that make keeps its objects: renew FROM TO
renew() {
    (cd "$1" && find . -type f -print0 | xargs -0 sha256sum | LC_ALL=C sort -k 2) >"$1.sums"
    if [[ ! -e $2.sums ]]; then
        rm -rf "$2"
        mv "$1" "$2"
    else
        comm -23 <(cut -c 67- "$2.sums") <(cut -c 67- "$1.sums") | (cd "$2" && xargs -r -d '\n' rm -f)
        LC_ALL=C comm -13 <(LC_ALL=C sort "$2.sums") <(LC_ALL=C sort "$1.sums") | cut -c 67- |
            tar -c -C "$1" -T - | tar -x -m -C "$2"
        rm -rf "$1"
    fi
    mv "$1.sums" "$2.sums"
}

# Is it configured for what its Kconfig files say now? If not, it will be.
forget_other_configuration() {
    local configured_for
    configured_for=$(grep -E 'Kconfig|/Makefile$' "$1.sums" | key_of_input)
    [[ $(cat "$1/.configured" 2>/dev/null) == "$configured_for" ]] || rm -f "$1/.configured"
    configuration=$configured_for
}

# update_kernel FOLDER
update_kernel() {
    [[ -f $tree/Makefile && -d $tree/arch/x86/kvm && -d $tree/virt/kvm ]] || die 2 "$tree is no source of Linux with KVM"
    rm -rf "$1/next" "$1/next.sums" "$1"/{vmlinux,kernel.bin,entry,end,irqbypass.ko}
    say "copying what is needed of $tree"
    copy_tree "$1/next"
    renew "$1/next" "$1/build"
    forget_other_configuration "$1/build"
    build_in "$1"
}
