# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Where everything stays that takes long to build, and whether anything can be built there. Sourced.

# refuse_path WHAT PATH PATTERN REMEDY: fails, and says why, where the path is not absolute or a character of it fits the pattern.
refuse_path() {
    local at problem=
    [[ $2 == /* ]] || problem='it does not begin with /'
    for ((at = 0; at < ${#2}; at++)); do
        # shellcheck disable=SC2053 # it is a pattern
        [[ ${2:at:1} != $3 ]] || problem="it holds a ${2:at:1}"
    done
    [[ -n $problem ]] || return 0
    printf "%s '%s' cannot be taken: %s; %s\n" "$1" "$2" "${problem/% /blank}" "$4" >&2
    return 1
}

# Sets cache_folder. Make takes no blank and no colon in a path, and its own words, gcc's and the shell's come to grief on the others.
find_cache_folder() {
    cache_folder=${XDG_CACHE_HOME:-${HOME:-}/.cache}/exitscope
    refuse_path 'the cache folder' "$cache_folder" '[][:space:][:cntrl:]"'\''`\\$&|;<>(){}*?!^#%,:=[]' \
        'make and the shell cannot build a kernel there: set XDG_CACHE_HOME to another' && refuse_locked_cache
}

# Fails, and says whose it is, where the cache or a folder in it may not be written: as after a call with sudo.
refuse_locked_cache() {
    local folder
    for folder in "$cache_folder" "$cache_folder"/*/; do
        [[ -d $folder && ! -w $folder ]] || continue
        printf "the cache folder '%s' cannot be taken: it belongs to %s, and you may not write to it; %s\n" "${folder%/}" \
            "$(stat -c %U "$folder")" 'set XDG_CACHE_HOME to another, or have its owner give it to you (chown -R)' >&2
        return 1
    done
}

# check_checkout FOLDER: a blank and a ' are taken.
check_checkout() {
    refuse_path 'the checkout' "$1" '[][:cntrl:]"`\\$&|;<>{}*?!^#%,:=[]' 'compilers and scripts get it among other words: move it'
}
