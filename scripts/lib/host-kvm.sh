# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# What this host's KVM is, who uses it, and what forbids to replace it: from /proc and /sys alone. Sourced by
# load-kvm; needs fail, exit_refused, and sys and proc, which are folders of their own in tests.
# shellcheck disable=SC2154 # set by load-kvm

readonly kvm_modules=(kvm kvm_intel kvm_amd) # in the order of loading

# A built-in one has parameters in /sys too, but no state.
is_loaded() {
    [[ -e $sys/module/$1/initstate ]]
}

# Those of KVM's modules that are loaded, in the order of loading.
loaded_modules() {
    local module
    for module in "${kvm_modules[@]}"; do
        ! is_loaded "$module" || printf '%s\n' "$module"
    done
}

# The bytes that name the build of a loaded module, as hexadecimal digits; nothing where the kernel has none.
build_id() {
    local note=$sys/module/$1/notes/.note.gnu.build-id
    # 16 bytes of header: three lengths and "GNU".
    [[ ! -r $note ]] || od -An -v -tx1 -j 16 "$note" | tr -d ' \n'
}

# NAME=VALUE, one a line, for each parameter of a loaded module that can be read.
parameters_now() {
    local file value
    for file in "$sys/module/$1/parameters"/*; do
        value=$(cat "$file" 2>/dev/null) || continue
        printf '%s=%s\n' "${file##*/}" "$value"
    done
}

refuse_built_in() {
    local module
    for module in "${kvm_modules[@]}"; do
        if [[ -e $sys/module/$module ]] && ! is_loaded "$module"; then
            fail "$exit_refused" "$module is built into this kernel and cannot be replaced;" \
                "boot one with CONFIG_KVM=m, CONFIG_KVM_INTEL=m and CONFIG_KVM_AMD=m, as Debian's are"
        fi
    done
}

# refuse_other_vendor vmx|svm
refuse_other_vendor() {
    local flags
    flags=" $(sed -n '/^flags\s*:/ { s///p; q }' "$proc/cpuinfo") "
    [[ $flags != *" $1 "* ]] || return 0
    case "$1 $flags" in
        vmx*' svm '*) fail "$exit_refused" 'this CPU has SVM, not VMX: use --npt instead of --ept' ;;
        svm*' vmx '*) fail "$exit_refused" 'this CPU has VMX, not SVM: use --ept instead of --npt' ;;
        *) fail "$exit_refused" "this CPU shows no $1: switch virtualization on in the firmware;" \
            'in a virtual machine, nested virtualization in its host' ;;
    esac
}

# refuse_unsigned FILE...: where the kernel takes signed modules only. A wrong signature shows when it is loaded.
refuse_unsigned() {
    local why='' file
    if [[ $(cat "$sys/kernel/security/lockdown" 2>/dev/null) == *'['[ic]* ]]; then
        why='the kernel is locked down (Secure Boot does that)'
    elif [[ $(cat "$sys/module/module/parameters/sig_enforce" 2>/dev/null) == Y ]]; then
        why='the kernel enforces signatures (module.sig_enforce)'
    fi
    [[ -n $why ]] || return 0
    for file; do
        [[ -n $(modinfo -F signer "$file") ]] ||
            fail "$exit_refused" "$why and takes no unsigned module. Either switch Secure Boot off in the firmware," \
                'or sign the three modules of scripts/build-kvm with a key that is enrolled' \
                '(mokutil --import, sign-file of the kernel headers) and give their folder with --modules'
    done
}

# PID, a blank and what it is, for each process that has something of KVM open or mapped.
kvm_processes() {
    {
        find "$proc"/[0-9]*/fd -maxdepth 1 \( -lname /dev/kvm -o -lname 'anon_inode:*kvm-*' \) -print 2>/dev/null || true
        grep -l 'anon_inode:\[*kvm-' "$proc"/[0-9]*/maps 2>/dev/null || true
    } | sed -E "s,^$proc/([0-9]+)/.*,\1," | sort -nu | while read -r pid; do
        printf '%s %s\n' "$pid" "$(cat "$proc/$pid/comm" 2>/dev/null)"
    done
}

# Who uses KVM, one a line; nothing where it can be unloaded.
kvm_users() {
    local module holder pid name count found=no
    while read -r pid name; do
        printf 'process %s (%s)\n' "$pid" "$name"
        found=yes
    done < <(kvm_processes)
    for module in $(loaded_modules); do
        count=$(cat "$sys/module/$module/refcnt")
        for holder in "$sys/module/$module/holders"/*; do
            [[ -e $holder ]] || continue
            count=$((count - 1))
            [[ $module-${holder##*/} =~ ^kvm-kvm_(intel|amd)$ ]] || printf 'module %s\n' "${holder##*/}"
        done
        if ((count > 0)) && [[ $found == no ]]; then
            printf '%d users of %s that are no process seen from here (another PID namespace?)\n' "$count" "$module"
        fi
    done
}

refuse_in_use() {
    local users
    users=$(kvm_users)
    [[ -z $users ]] || fail "$exit_refused" "KVM is in use, and nothing was changed; end what uses it first:"$'\n'"$users"
}
