# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# The series of each kernel version in kvm-patch/, applied to Debian's source of that version.

# shellcheck source=lab/lib/kernel-table.sh
. "$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)/lab/lib/kernel-table.sh"

# commit TREE ARGUMENT...: git commit by somebody and at a time that are always the same, so that its hash is too.
commit() {
    local tree=$1
    shift
    env GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null \
        GIT_AUTHOR_NAME=linux-source GIT_AUTHOR_EMAIL=linux-source@invalid GIT_AUTHOR_DATE=2026-01-01T00:00:00Z \
        GIT_COMMITTER_NAME=linux-source GIT_COMMITTER_EMAIL=linux-source@invalid GIT_COMMITTER_DATE=2026-01-01T00:00:00Z \
        git -C "$tree" "$@"
}

# source_version VERSION: prints which version of the package linux-source-VERSION its source is of, and downloads it if there is none.
source_version() {
    local archive root
    root=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)
    archive=$("$root/scripts/kernel-source" "$1")
    archive=$(basename "$(dirname "$archive")")
    if [[ $archive == "linux-source-$1-"* ]]; then
        printf '%s\n' "${archive#"linux-source-$1-"}"
    else
        dpkg-query -W -f '${Version}\n' "linux-source-$1"
    fi
}

# apply_series VERSION TREE: TREE becomes a git tree of the source (tag base) and each patch of the series; what git am
# says is printed.
apply_series() {
    local version=$1 tree=$2 root
    root=$(cd "${BASH_SOURCE[0]%/*}/../.." && pwd)
    "$root/scripts/kernel-source" "$version" >/dev/null
    mkdir -p "$tree"
    cp -r "$("$root/scripts/build-kvm" --kernel-release "$version" --source-only)/." "$tree"
    commit "$tree" init --quiet
    commit "$tree" add --all --force
    commit "$tree" commit --quiet \
        --message "linux-source-$version $(source_version "$version")"
    commit "$tree" tag base
    commit "$tree" am --quiet "$root/kvm-patch/$version"/*.patch 2>&1
}
