# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# scripts/make-dkms with Debian's dkms in trees of its own, for the cloud kernel of each version that has a series. Needs root,
# dkms and each kernel's source and header packages; builds each anew (2 minutes each). This machine's modules stay as they are.

load ../patch/series

setup_file() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    trees=$BATS_FILE_TMPDIR
    mkdir "$trees"/{dkms,src,lib}
    folder=$("$root/scripts/make-dkms" --out "$trees/src")
    module=exitscope-kvm/${folder##*/exitscope-kvm-}
    # dkms would make a key to sign with in /var/lib/dkms.
    export mok_signing_key=$trees/mok.key mok_certificate=$trees/mok.pub
    export root trees folder module
    touch "$trees/begin"
    run_dkms add -m "$module"
}

run_dkms() {
    dkms "$@" --dkmstree "$trees/dkms" --sourcetree "$trees/src" --installtree "$trees/lib" --no-depmod
}

# The releases of the kernels that have a series and their headers here.
releases() {
    local version
    for version in $(packaged_series); do
        release_of_series "$version"
    done
}

@test "there are headers of each version to build for" {
    [ "$(releases | wc -l)" -eq "$(packaged_series | wc -l)" ]
}

@test "what builds the modules is all there" {
    "$folder/scripts/build-kvm" --help | grep -q '^Usage: build-kvm '
}

@test "the same files make the same version, a change makes another" {
    [ "$("$root/scripts/make-dkms" --out "$trees/src")" = "$folder" ]
    copy=$BATS_TEST_TMPDIR/copy
    mkdir -p "$copy" "$BATS_TEST_TMPDIR/out"
    cp -r "$root"/{scripts,lab,kvm-patch,abi,LICENSES} "$copy"
    [ "$("$copy/scripts/make-dkms" --out "$BATS_TEST_TMPDIR/out")" = "$BATS_TEST_TMPDIR/out/${folder##*/}" ]
    echo >>"$copy/scripts/lib/kvm-modules.sh"
    [ "$("$copy/scripts/make-dkms" --out "$BATS_TEST_TMPDIR/out")" != "$BATS_TEST_TMPDIR/out/${folder##*/}" ]
}

@test "wrong arguments end with 2" {
    for arguments in --frobnicate '--out /nonexistent'; do
        # shellcheck disable=SC2086 # two words
        run "$root/scripts/make-dkms" $arguments
        [ "$status" -eq 2 ]
    done
    run "$root/scripts/make-dkms" --help
    [ "$status" -eq 0 ]
}

@test "dkms builds and installs the three modules for each kernel, and they count" {
    for release in $(releases); do
        # The kernel's own, which DKMS compares with. Like Debian's these have no version.
        mkdir -p "$trees/lib/$release/kernel/arch/x86/kvm"
        cp "$("$root/scripts/build-kvm" --kernel-release "$release")"/*.ko "$trees/lib/$release/kernel/arch/x86/kvm/"
        # A newer dkms looks for the headers in the installtree, if it is not told.
        run_dkms build -m "$module" -k "$release" --kernelsourcedir "/usr/src/linux-headers-$release"
        run_dkms install -m "$module" -k "$release"
        for name in kvm kvm-intel kvm-amd; do
            file=$(find "$trees/lib/$release/updates/dkms" -name "$name.ko*")
            [[ $(modinfo -F vermagic "$file") == "$release "* ]]
            [ "$(modinfo -F version "$file")" = "${module#*/}" ]
        done
        modinfo -p "$(find "$trees/lib/$release/updates/dkms" -name 'kvm.ko*')" | grep -q '^exit_counters:.*(uint)$'
        run_dkms status -m "$module" -k "$release" | grep -q "$release, x86_64: installed"
        # What was made on the way is gone: the sources, the cache.
        [ ! -e "$trees/dkms/$module/build" ]
    done
}

@test "modprobe takes the installed ones before the kernel's own, and without them those again" {
    for release in $(releases); do
        base=$BATS_TEST_TMPDIR/$release
        mkdir -p "$base/lib/modules" "$base/etc"
        cp -r "$trees/lib/$release" "$base/lib/modules/"
        depmod -b "$base" "$release"
        for name in kvm kvm-intel kvm-amd; do
            [ "$(grep -oE "^[^:]*/$name\\.ko[^:]*" "$base/lib/modules/$release/modules.dep")" = \
                "$(cd "$base/lib/modules/$release" && find updates/dkms -name "$name.ko*")" ]
        done
        rm -r "$base/lib/modules/$release/updates"
        # A newer dkms has put the kernel's own aside, and puts them back when it removes its own.
        original=$trees/dkms/${module%/*}/original_module/$release/x86_64
        [ ! -d "$original" ] || cp "$original"/*.ko "$base/lib/modules/$release/kernel/arch/x86/kvm/"
        depmod -b "$base" "$release"
        grep -q '^kernel/arch/x86/kvm/kvm.ko:' "$base/lib/modules/$release/modules.dep"
    done
}

@test "a kernel without a series is left out, in dkms's own words" {
    for release in 6.6.0-1-amd64 6.10.11-amd64 5.10.0-1-amd64; do
        run run_dkms build -m "$module" -k "$release" -a x86_64
        echo "$output"
        [ "$status" -eq 77 ]
        [[ ${output//$'\n'/ } == *'BUILD_EXCLUSIVE directive which does not match this kernel'* ]]
    done
}

@test "dkms remove leaves nothing but the kernel's own modules" {
    run_dkms remove -m "$module" --all
    find "$trees/dkms" -mindepth 1
    [ -z "$(find "$trees/dkms" -mindepth 1 -not -name dkms_dbversion)" ]
    [ -z "$(find "$trees/lib" -path '*/updates/*' -name '*.ko*')" ]
    [ "$(find "$trees/lib" -path '*/kernel/*' -name '*.ko' | wc -l)" -eq $((3 * $(releases | wc -l))) ]
    # This machine's own are as they were.
    [ -z "$(find /lib/modules /var/lib/dkms -newer "$trees/begin")" ]
}
