# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Packages of any of Debian's suites, by apt with a list of sources and a state of its own in the folder $archive_state: those of this
# system stay as they are, nothing is installed, and no root is needed. Sourced; needs fail (STATUS WORDS...) and say.
# shellcheck disable=SC2154 # archive_state is for the script that sources this to set

readonly debian_mirror=${EXITSCOPE_DEBIAN_MIRROR:-http://deb.debian.org/debian}
readonly debian_keyring=${EXITSCOPE_DEBIAN_KEYRING:-/usr/share/keyrings/debian-archive-keyring.gpg}

# Fails where this system has no means to read Debian's archive; WORDS say what for: require_archive WORDS...
require_archive() {
    local tool
    for tool in apt-get apt-cache dpkg-deb; do
        command -v "$tool" >/dev/null || fail 1 "$*: there is no $tool to download it with"
    done
    [[ -r $debian_keyring ]] ||
        fail 1 "$*: Debian's keys are missing ($debian_keyring): install the package debian-archive-keyring"
}

# archive_apt COMMAND ARGUMENT...: apt-get or apt-cache, with nothing of this system but its programs and Debian's keys.
archive_apt() {
    "$1" -qq -o Dir::Etc::sourcelist="$archive_state/sources.list" -o Dir::Etc::sourceparts=- -o Dir::Etc::preferences=- \
        -o Dir::Etc::preferencesparts=- -o Dir::State::lists="$archive_state/lists" -o Dir::Cache="$archive_state/cache" \
        -o Dir::State::status=/dev/null -o Acquire::Languages=none -o APT::Sandbox::User= "${@:2}"
}

# Prints what apt gave as the reason of a failure.
archive_problem() {
    grep -m 1 '^[EW]:' "$archive_state/log" || tail -n 1 "$archive_state/log"
}

# Reads what the suite has: read_suite SUITE
read_suite() {
    mkdir -p "$archive_state"/{lists,cache/archives}/partial
    printf 'deb [signed-by=%s] %s %s main\n' "$debian_keyring" "$debian_mirror" "$1" >"$archive_state/sources.list"
    archive_apt apt-get -o APT::Update::Error-Mode=any update >"$archive_state/log" 2>&1 ||
        fail 1 "the suite $1 of $debian_mirror cannot be read: $(archive_problem)"
}

# package_field PACKAGE FIELD: prints what the suite that was read says of the package; nothing where there is none of exactly that name.
package_field() {
    { archive_apt apt-cache show --no-all-versions "$1" 2>/dev/null || true; } |
        awk -v name="$1" -v field="$2:" '
            $1 == "Package:" { right = $2 == name }
            right && $1 == field && !found++ { sub(/^[^ ]+ /, ""); print }'
}

# Prints the version of a package in the suite that was read, or nothing.
version_in_suite() {
    package_field "$1" Version
}

# Puts the package of that version into the current folder: download_package PACKAGE VERSION
download_package() {
    archive_apt apt-get download "$1=$2" >"$archive_state/log" 2>&1 ||
        fail 1 "$1 $2 cannot be downloaded: $(archive_problem)"
}
