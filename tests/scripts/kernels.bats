# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# lab/kernels, in a copy of the scripts: a line more is a kernel more, everywhere, and a broken line is named. Needs EXITSCOPE (set
# by ctest).

setup() {
    checkout=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    root=$BATS_TEST_TMPDIR/root
    mkdir -p "$root" "$BATS_TEST_TMPDIR/bin"
    cp -r "$checkout"/{lab,scripts} "$root"
    # A machine where nothing is installed and nothing can be.
    printf '#!/bin/sh\n' >"$BATS_TEST_TMPDIR/bin/dpkg-query"
    printf '#!/bin/sh\nexit 1\n' | tee "$BATS_TEST_TMPDIR/bin/sudo" >"$BATS_TEST_TMPDIR/bin/apt-get"
    chmod +x "$BATS_TEST_TMPDIR"/bin/*
    export EXITSCOPE_DEBIAN_MIRROR=file:/nonexistent EXITSCOPE_ROOT=$root EXITSCOPE_OS_RELEASE=$BATS_TEST_TMPDIR/os-release
    printf 'ID=debian\nVERSION_ID="12"\n' >"$EXITSCOPE_OS_RELEASE"
}

# add LINE: to the table.
add() {
    echo "$1" >>"$root/lab/kernels"
}

# packages OPTION...: what install-packages would install, one a line.
packages() {
    { PATH=$BATS_TEST_TMPDIR/bin:$PATH "$root/scripts/install-packages" "$@" 2>&1 || true; } |
        sed -n 's/^Installing [0-9]* Debian packages: //p' | tr ' ' '\n'
}

# l1_help COMMAND: what --help says of --l1.
l1_help() {
    "$EXITSCOPE" "$1" --help | sed -n '/--l1/,/^  --/p' | tr -s ' \n' ' '
}

# completes EXPECTED WORD...: what is offered for the last word.
completes() {
    COMP_WORDS=("${@:2}")
    COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
    COMPREPLY=()
    _exitscope
    echo "${COMP_WORDS[*]}: ${COMPREPLY[*]}"
    [ "${COMPREPLY[*]}" = "$1" ]
}

# refuses STATUS TEXT COMMAND...: TEXT wherever its lines are broken.
refuses() {
    local expected=$1 text=$2
    shift 2
    run "$@"
    echo "$*: $status: $output"
    [ "$status" -eq "$expected" ]
    [[ $(tr -s ' \n' ' ' <<<"$output") == *"$(tr -s ' ' <<<"$text")"* ]]
}

@test "a line more is a kernel more: help, completion, packages, building" {
    add '99.9 99.9 npt=1 512 - l1 - - - a small kernel'
    for command in run linux lab; do
        l1_help $command
        [[ $(l1_help $command) == *"7.3, debian-6.12 (default), 6.12, debian, 6.1, debian-7.3; with npt=1 and npt=0 only: 7.3-debug, 6.12-debug, 6.1-debug; with npt=1 only: 99.9;"* ]]
    done
    . "$root/scripts/completion.bash"
    completes '7.3 debian-6.12 6.12 debian 6.1 debian-7.3 7.3-debug 6.12-debug 6.1-debug 99.9' exitscope run --l1 ''
    completes '99.9' scripts/lab --l1 9
    diff <(packages --l1 99.9) <(packages)
    sed -i 's/ 512 - l1/ 512 debian-12 l1/' "$root/lab/kernels"
    diff <(packages --l1 99.9) <({ packages && echo linux-source-99.9; } | sort)
    packages --test | grep -x linux-source-99.9
    "$root/lab/build-kernel" --help | grep -x '  99.9 *npt=1 *a small kernel'
    refuses 69 'the source of the L1 kernel 99.9 is missing' "$root/lab/build-kernel" --l1 99.9
    refuses 2 'ept=1 runs in Bochs, which runs the L1 kernels 7.3, debian-6.12, 6.12, debian, 6.1, debian-7.3 only, not 99.9; measure npt=1 with it' \
        "$EXITSCOPE" run --l1 99.9 --setting ept=1 --out "$BATS_TEST_TMPDIR/out"
    refuses 64 'measure npt=1 with it' "$EXITSCOPE" lab --l1 99.9 --setting npt=0 --kernel "$EXITSCOPE"
    [ ! -e "$BATS_TEST_TMPDIR/out" ]
}

@test "6.1 and 6.10 are two kernels" {
    add '6.10 6.10 npt=1 600 - l1 - - - a small kernel'
    . "$root/lab/lib/kernel-table.sh"
    [ "$(kernel_value 6.10 memory) $(kernel_value 6.1 memory)" = '600 512' ]
    [ "$(kernel_packages 6.10) $(kernel_packages 6.1)" = ' linux-source-6.1' ]
    [ "$(release_of_series 6.10)" = '' ]
    refuses 2 'not 6.10; measure npt=1 with it' "$EXITSCOPE" run --l1 6.10 --setting npt=0 --out "$BATS_TEST_TMPDIR/out"
}

@test "another distribution has its own default, and its own packages are installed" {
    add 'other-5 6.12 npt=1,npt=0 512 other-5,other-6 - other-5:headers-6.12~5,other-6:headers-6.12 6.12.*-other image-*,modules-* another kernel'
    printf 'ID=other\nVERSION_ID="6"\n' >"$EXITSCOPE_OS_RELEASE"
    [[ $(l1_help run) == *"with npt=1 and npt=0 only: 7.3-debug, 6.12-debug, 6.1-debug, other-5 (default);"* ]]
    [ "$(packages | grep -E 'linux-(source|headers)|6\.12' | paste -sd ' ')" = "headers-6.12 linux-source-6.12" ]
    [ "$(packages --test | grep -E 'linux-(source|headers)|6\.12' | paste -sd ' ')" = "headers-6.12 linux-source-6.12" ]
    "$root/lab/build-kernel" --help | grep -F '(default: other-5)'
    refuses 69 'the headers of a kernel 6.12.*-other are missing: install the package headers-6.12' "$root/lab/build-kernel"
    printf 'ID=none\n' >"$EXITSCOPE_OS_RELEASE"
    [[ $(l1_help run) == *"7.3 (default)"* ]]
    [ "$(packages --test | grep -cE 'linux-(source|headers)|6\.12')" -eq 0 ]
}

@test "a name that is none is refused with those there are" {
    add '99.9 99.9 npt=1 512 - l1 - - - a small kernel'
    names='7.3, debian-6.12, 6.12, debian, 6.1, debian-7.3, 7.3-debug, 6.12-debug, 6.1-debug, 99.9'
    for name in 6 99.90 '' '6.1, 6.12' '.*' -; do
        refuses 2 "--l1: $name not in {${names//, /,}}" "$EXITSCOPE" run --l1 "$name" --out "$BATS_TEST_TMPDIR/out"
        [ -z "$name" ] || refuses 2 "no such L1 kernel: $name ($names)" "$root/lab/build-kernel" --l1 "$name"
    done
}

# The command reads fewer columns than the scripts, and calls them.
@test "a broken line is refused by its name" {
    cp "$root/lab/kernels" "$BATS_TEST_TMPDIR/good"
    line=$(($(wc -l <"$BATS_TEST_TMPDIR/good") + 1))
    while IFS='|' read -r problem words; do
        cp "$BATS_TEST_TMPDIR/good" "$root/lab/kernels"
        add "$words"
        text=$root/lab/kernels:$line:\ ${words%% *}:\ $problem
        refuses 2 "$text" "$root/lab/build-kernel"
        refuses 2 "$text" "$root/lab/build-kernel" --l1 6.1
        refuses 2 "$text" "$root/scripts/install-packages"
        [[ $problem != no\ n* && $problem != either* ]] || continue
        refuses 2 "$text" "$EXITSCOPE" run --l1 6.1 --out "$BATS_TEST_TMPDIR/out"
        refuses 2 "$text" "$EXITSCOPE" run --on lab --out "$BATS_TEST_TMPDIR/out"
        refuses 0 "(not known: $text)" "$EXITSCOPE" run --help
        refuses 1 "$text" "$EXITSCOPE" doctor --on lab
    done <<'LINES'
9 columns, not 10|99.9 99.9 npt=1 512 - l1 - - -
no such setting: npt=2|99.9 99.9 npt=1,npt=2 512 - l1 - - - a small kernel
the name is there twice|6.12 6.12 npt=1 512 debian-12 l1 - - - a small kernel
no name for a kernel|99/9 99.9 npt=1 512 - l1 - - - a small kernel
no number of MiB|99.9 99.9 npt=1 0x200 - l1 - - - a small kernel
either config or image is wanted|99.9 99.9 npt=1 512 - l1 a b c a small kernel
either config or image is wanted|99.9 99.9 npt=1 512 - - - - - a small kernel
LINES
    echo '# nothing' >"$root/lab/kernels"
    refuses 2 'lab/kernels: no kernel is in it' "$root/lab/build-kernel"
    refuses 2 'lab/kernels: no kernel is in it' "$EXITSCOPE" run --l1 6.1
    rm "$root/lab/kernels"
    refuses 2 "$root/lab/kernels" "$root/lab/build-kernel"
    refuses 2 "$root/lab/kernels" "$EXITSCOPE" run --l1 6.1
    refuses 0 'PASS' "$EXITSCOPE" show "$checkout/tests/golden/ept=1.json"
}

@test "the table and the folders go together" {
    . "$checkout/lab/lib/kernel-table.sh"
    diff <(cd "$checkout/kvm-patch" && printf '%s\n' [0-9]* | sort) <(kernel_lines | awk '{ print $2 }' | sort -u)
    for name in $(kernel_names); do
        for config in $(kernel_value "$name" config | tr -d - | tr , ' '); do
            [ -s "$checkout/lab/kernel/$config.config" ]
        done
    done
}
