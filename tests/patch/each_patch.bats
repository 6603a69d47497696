# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Each patch of each series builds on its own, with W=1 and warnings as errors. Objects are kept from patch to patch, so that
# only what a patch touches is compiled again: 2 minutes a version. Needs the headers of Debian's cloud kernels.

load series

setup_file() {
    export root
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
}

# Files that do not differ keep their times, so make does not compile them again.
update_work_tree() {
    local from=$1 to=$2 file
    while IFS= read -r -d '' file; do
        cmp -s "$from/$file" "$to/$file" || install -D -m 644 "$from/$file" "$to/$file"
    done < <(cd "$from" && find arch virt include -type f -print0)
}

# build_each VERSION
build_each() {
    local version=$1 tree=$BATS_TEST_TMPDIR/tree work=$BATS_TEST_TMPDIR/work next=$BATS_TEST_TMPDIR/next commits
    apply_series "$version" "$tree"
    # shellcheck source=scripts/lib/kvm-modules.sh
    . "$root/scripts/lib/kvm-modules.sh"
    mapfile -t commits < <(git -C "$tree" rev-list --reverse base..HEAD)
    for commit in "${commits[@]}"; do
        rm -rf "$next"
        mkdir -p "$next" "$work"
        git -C "$tree" archive "$commit" | tar -x -C "$next"
        adjust_makefile "$next"
        update_work_tree "$next" "$work"
        git -C "$tree" log -1 --format=%s "$commit"
        make -C "/usr/src/linux-headers-$(cloud_release "$version")" M="$work/arch/x86/kvm" -j"$(nproc)" \
            W=1 CONFIG_KVM_WERROR=y modules >"$BATS_TEST_TMPDIR/log" 2>&1 || { grep -E 'error|warning' "$BATS_TEST_TMPDIR/log" && return 1; }
        [ -e "$work/arch/x86/kvm/kvm-amd.ko" ]
    done
}

@test "6.1: each patch builds on its own with W=1, warnings as errors" {
    build_each 6.1
}

@test "6.12: each patch builds on its own with W=1, warnings as errors" {
    build_each 6.12
}
