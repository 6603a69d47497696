# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Remembers which KVM modules the host had, with the files and parameter values, and puts them back. Sourced by
# load-kvm; needs say, fail, host-kvm.sh and the folder state: there is something to put back while it exists.
#   MODULE.ko          the loaded module's own file, whatever becomes of the one it came from
#   MODULE.parameters  NAME=VALUE lines
#   added              other modules that were loaded on the way
# shellcheck disable=SC2154 # set by load-kvm

# Writes the module that FILE holds, compressed or not.
unpack_module() {
    case $1 in
        *.xz) xz -dc "$1" ;;
        *.zst) zstd -dc "$1" ;;
        *.gz) gzip -dc "$1" ;;
        *) cat "$1" ;;
    esac
}

# is_file_of MODULE FILE: is the loaded module that of the (uncompressed) file? Debian's have no srcversion, but an id.
is_file_of() {
    local id source
    id=$(build_id "$1")
    if [[ -n $id ]]; then
        od -An -v -tx1 "$2" | tr -d ' \n' | grep -F "$id" >/dev/null
    else
        source=$(cat "$sys/module/$1/srcversion" 2>/dev/null) && [[ $source == "$(modinfo -F srcversion "$2")" ]]
    fi
}

# The file a loaded module came from: modprobe's choice, or what the user says (--previous).
file_of() {
    local file
    if [[ -z $previous ]]; then
        modinfo -n "$1"
        return
    fi
    for file in "$previous/${1//_/-}".ko*; do
        [[ ! -f $file ]] || { printf '%s\n' "$file" && return; }
    done
    return 1
}

remember() {
    [[ ! -d $state ]] || return 0
    local part=$state.part module file
    rm -rf "$part"
    mkdir -p "$part"
    for module in $(loaded_modules); do
        file=$(file_of "$module") || fail "$exit_missing" "there is no file of $module in ${previous:-/lib/modules}"
        unpack_module "$file" >"$part/$module.ko" || fail "$exit_missing" "cannot read $file"
        is_file_of "$module" "$part/$module.ko" ||
            fail "$exit_missing" "the loaded $module is not that of $file and could not be put back;" \
                'give the folder it was loaded from with --previous'
        parameters_now "$module" >"$part/$module.parameters"
    done
    : >"$part/added"
    mv "$part" "$state"
}

unload() {
    local module
    for module in kvm_intel kvm_amd kvm; do
        if is_loaded "$module"; then
            rmmod "$module" || return 1
        fi
    done
}

# What of a module's remembered parameters is not so now.
differing_parameters() {
    grep -vxF -f <(parameters_now "$1") "$state/$1.parameters" || (($? == 1))
}

# Are the modules that are loaded those that were?
are_modules_back() {
    local module
    for module in "${kvm_modules[@]}"; do
        if [[ -e $state/$module.ko ]]; then
            is_loaded "$module" && is_file_of "$module" "$state/$module.ko" || return 1
        elif is_loaded "$module"; then
            return 1
        fi
    done
}

# insert_remembered yes|no: with what differs from the defaults as arguments, or without.
insert_remembered() {
    local module arguments
    for module in "${kvm_modules[@]}"; do
        [[ -e $state/$module.ko ]] || continue
        arguments=()
        [[ $1 == no ]] || mapfile -t arguments <"$state/$module.arguments"
        insmod "$state/$module.ko" ${arguments[@]+"${arguments[@]}"} || return 1
    done
}

is_writable() {
    [[ $(stat -c %A "$sys/module/$1/parameters/$2" 2>/dev/null) == ??w* ]]
}

# Most are read only while the module is loaded, so it has to be loaded again if one of these differs.
put_parameters_back() {
    local module line again=no
    for module in $(loaded_modules); do
        differing_parameters "$module" >"$state/$module.arguments"
        while IFS= read -r line; do
            is_writable "$module" "${line%%=*}" || again=yes
        done <"$state/$module.arguments"
    done
    if [[ $again == yes ]]; then
        unload || return 1
        insert_remembered yes || { unload && insert_remembered no; } || return 1
    fi
    for module in $(loaded_modules); do
        while IFS= read -r line; do
            if ! is_writable "$module" "${line%%=*}" ||
                ! printf '%s' "${line#*=}" >"$sys/module/$module/parameters/${line%%=*}"; then
                say "warning: $module: was $line and cannot be set to that again"
            fi
        done < <(differing_parameters "$module")
    done
}

# Can be called again after it was interrupted or has failed.
put_back() {
    local module
    if ! are_modules_back; then
        unload || return 1
        insert_remembered no || return 1
    fi
    put_parameters_back || return 1
    while read -r module; do
        ! is_loaded "$module" || rmmod "$module" || say "warning: $module was not loaded before and stays"
    done <"$state/added"
    rm -rf "$state"
}

# What to type when put_back failed.
print_way_back() {
    local module
    say 'KVM is NOT as it was. End what uses it, then: scripts/load-kvm --restore'
    say 'Or by hand, as root:'
    for module in kvm_intel kvm_amd kvm; do
        ! is_loaded "$module" || say "  rmmod $module"
    done
    for module in "${kvm_modules[@]}"; do
        [[ ! -e $state/$module.ko ]] || say "  insmod $state/$module.ko"
    done
    say 'Or boot anew: nothing was changed on disk.'
}
