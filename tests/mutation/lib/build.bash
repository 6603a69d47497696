# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Builds the mutants, each with build-kvm, which compiles only what differs from the one before. Sourced by run; needs $root, $here,
# $work, $series, fail, progress, l1.bash and mutants.bash.
# shellcheck disable=SC2154,SC2031

# build_modules NAME ISA
build_modules() {
    local name=$1 isa=$2 folder=$work/modules/$2/$1 start=$SECONDS with patches=()
    with=$(with "$name")
    [[ -z $with ]] || patches+=(--also "$root/tests/patch/$with.patch")
    [[ $name == unmutated* ]] || patches+=(--also "$here/mutants/$name.patch")
    mkdir -p "$folder"
    "$root/scripts/build-kvm" --kernel-build "$kernel/build" --isa "$isa" --cache "$work/cache" "${patches[@]}" \
        --out "$folder" >"$work/$isa-$name.log" 2>&1 ||
        fail 3 "$name cannot be built for $series: $(tail -n 1 "$work/$isa-$name.log")"
    echo $((SECONDS - start)) >"$folder/seconds"
    progress "built $name for $isa in $((SECONDS - start)) s"
}

build_all() {
    local isa names name
    kernel=$(l1_kernel "$series")
    for isa in svm vmx; do
        mapfile -t names < <(names_on "$isa")
        for name in ${names[@]+"${names[@]}"}; do
            build_modules "$name" "$isa"
        done
    done
}
