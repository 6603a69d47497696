# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# KVM's own selftests, built from the kernel's source as its Makefile builds them. Sourced by tests; wants $root.

# What they are built from.
selftest_parts=(
    Makefile Kbuild Kconfig include scripts usr arch/x86 tools/arch/x86 tools/include tools/scripts tools/build tools/lib
    tools/testing/selftests/{kvm,vfio,cgroup,clone3,rseq,kselftest.h,kselftest_harness.h,lib.mk}
)

# unpack_selftests VERSION FOLDER: a git tree (tag base) of what they and KVM are built from.
unpack_selftests() {
    local archive
    archive=$("${root:?}/scripts/kernel-source" "$1")
    mkdir -p "$2"
    XZ_DEFAULTS=-T0 tar -xf "$archive" -C "$2" --strip-components=1 --wildcards --no-wildcards-match-slash \
        "${selftest_parts[@]/#/linux-source-$1/}" "linux-source-$1/virt/kvm" "linux-source-$1/Documentation/virt/kvm" \
        "linux-source-$1/Documentation/admin-guide/kernel-parameters.txt"
    git -C "$2" init --quiet
    git -C "$2" add --all --force
    git -C "$2" -c user.name=test -c user.email=test@invalid commit --quiet --message base
    git -C "$2" tag base
}

# build_selftests FOLDER OUT NAME...: the programs x86/NAME, static, into the folder OUT. Without libvfio, which one other test needs,
# and which wants libuuid and the headers of some drivers.
build_selftests() {
    local tree=$1 out=$2 name
    shift 2
    make -s -C "$tree" headers
    make -s -j"$(nproc)" -C "$tree/tools/testing/selftests/kvm" OUTPUT="$tree/selftests" LDFLAGS=-static LDLIBS="-ldl -lpthread" \
        LIBVFIO_O= "${@/#/$tree/selftests/x86/}"
    mkdir -p "$out"
    for name; do
        strip -o "$out/$name" "$tree/selftests/x86/$name"
    done
}

# Those of the counters.
# shellcheck disable=SC2034 # for those who source this
of_counters=(exit_counters_test exit_counters_vmm_test exit_counters_reset_test exit_counters_nested_test)

# apply_patches TREE BRANCH PATCH...: on the base; what git am says is in $BATS_FILE_TMPDIR/am-BRANCH.
apply_patches() {
    git -C "$1" checkout --quiet -b "$2" base
    git -C "$1" -c user.name=test -c user.email=test@invalid am --quiet "${@:3}" >"$BATS_FILE_TMPDIR/am-$2" 2>&1 || true
}
