# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# scripts/kernel-source, with an archive of Debian made of fake programs: what it looks at first, what it downloads, what it refuses.

bats_require_minimum_version 1.5.0

setup() {
    finder=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)/scripts/kernel-source
    export EXITSCOPE_USR_SRC=$BATS_TEST_TMPDIR/src XDG_CACHE_HOME=$BATS_TEST_TMPDIR/cache
    export EXITSCOPE_DEBIAN_KEYRING=$BATS_TEST_TMPDIR/keys ARCHIVE=$BATS_TEST_TMPDIR/archive
    cache=$XDG_CACHE_HOME/exitscope/kernel-source
    mkdir -p "$EXITSCOPE_USR_SRC" "$BATS_TEST_TMPDIR/bin" "$ARCHIVE"
    touch "$EXITSCOPE_DEBIAN_KEYRING"
    make_programs
}

# apt and dpkg-deb over the folder $ARCHIVE: SUITE/PACKAGE holds a version. They note what they did.
make_programs() {
    cat >"$BATS_TEST_TMPDIR/bin/apt-get" <<'FAKE'
#!/bin/bash
state=$(printf '%s\n' "$@" | sed -n 's/^Dir::Etc::sourcelist=//p')
suite=$(awk '{ print $4 }' "$state")
case " $* " in
    *' update '*) echo "read $suite" >>"$ARCHIVE/log"
        [[ -d $ARCHIVE/$suite ]] || { echo "E: no $suite there" && exit 100; } ;;
    *' download '*) name=${*: -1}
        echo "download $name" >>"$ARCHIVE/log"
        [[ ! -e $ARCHIVE/broken ]] || { echo 'E: Connection failed' && exit 100; }
        mkdir -p usr/src && echo "$name" >"usr/src/${name%%=*}.tar.xz"
        tar -c ./usr >"${name%%=*}_${name#*=}_all.deb" ;;
esac
FAKE
    cat >"$BATS_TEST_TMPDIR/bin/apt-cache" <<'FAKE'
#!/bin/bash
state=$(printf '%s\n' "$@" | sed -n 's/^Dir::Etc::sourcelist=//p')
# As apt does, it takes a name with a dot for a pattern.
for file in "$ARCHIVE/$(awk '{ print $4 }' "$state")"/*; do
    [[ ! ${file##*/} =~ ^${*: -1} ]] || printf 'Package: %s\nVersion: %s\n\n' "${file##*/}" "$(<"$file")"
done
FAKE
    # shellcheck disable=SC2016 # for the program
    printf '#!/bin/bash\ncat "${@: -1}"\n' >"$BATS_TEST_TMPDIR/bin/dpkg-deb"
    chmod +x "$BATS_TEST_TMPDIR"/bin/*
    PATH=$BATS_TEST_TMPDIR/bin:$PATH
    local suite
    for suite in bookworm bookworm-backports trixie trixie-backports testing; do
        mkdir "$ARCHIVE/$suite"
    done
}

# expect STATUS STDOUT STDERR ARGUMENT...
expect() {
    local expected=$1 out=$2 problem=$3
    shift 3
    run --separate-stderr "$finder" "$@"
    # shellcheck disable=SC2154 # bats sets them
    printf '%s: %s\n%s\n%s\n' "$*" "$status" "$output" "$stderr"
    [ "$status" -eq "$expected" ]
    [ "$output" = "$out" ]
    # shellcheck disable=SC2053 # a pattern
    [[ $stderr == $problem ]]
}

@test "the installed package comes first, then the cache with the newest of it; neither asks the archive" {
    mkdir -p "$cache"/linux-source-9.9-9.9.{9,10}-1
    touch "$cache"/linux-source-9.9-9.9.{9,10}-1/linux-source-9.9.tar.xz
    expect 0 "$cache/linux-source-9.9-9.9.10-1/linux-source-9.9.tar.xz" '' 9.9
    touch "$EXITSCOPE_USR_SRC/linux-source-9.9.tar.xz"
    expect 0 "$EXITSCOPE_USR_SRC/linux-source-9.9.tar.xz" '' 9.9
    expect 0 "$EXITSCOPE_USR_SRC/linux-source-9.9.tar.xz" '' --find 9.9
    [ ! -e "$ARCHIVE/log" ]
}

@test "else it is downloaded, once, from the first suite that has it" {
    echo 9.9.3-1 >"$ARCHIVE/trixie/linux-source-9.9"
    echo 9.9.8-1 >"$ARCHIVE/testing/linux-source-9.9"
    archive=$cache/linux-source-9.9-9.9.3-1/linux-source-9.9.tar.xz
    expect 0 "$archive" "kernel-source: downloading linux-source-9.9 9.9.3-1 from Debian's trixie" 9.9
    [ "$(<"$archive")" = linux-source-9.9=9.9.3-1 ]
    [ "$(<"$ARCHIVE/log")" = $'read bookworm\nread bookworm-backports\nread trixie\ndownload linux-source-9.9=9.9.3-1' ]
    expect 0 "$archive" '' 9.9
    expect 0 "$archive" '' --find 9.9
    [ "$(grep -c download "$ARCHIVE/log")" -eq 1 ]
}

@test "a package whose name is a pattern of another is not that one" {
    echo 9.99.1-1 >"$ARCHIVE/bookworm/linux-source-9.99"
    expect 1 '' 'kernel-source: no suite of Debian has linux-source-9.9: bookworm *testing' 9.9
    run ! grep -q download "$ARCHIVE/log"
}

@test "what cannot be had is said with its cause, and leaves nothing" {
    expect 69 '' "kernel-source: $EXITSCOPE_USR_SRC/linux-source-9.9.tar.xz is missing: scripts/kernel-source 9.9 downloads it, or install*" --find 9.9
    [ ! -e "$cache" ]
    echo 9.9.3-1 >"$ARCHIVE/bookworm/linux-source-9.9"
    touch "$ARCHIVE/broken"
    expect 1 '' '*kernel-source: linux-source-9.9 9.9.3-1 cannot be downloaded: E: Connection failed' 9.9
    rm -r "$ARCHIVE/bookworm"
    expect 1 '' 'kernel-source: the suite bookworm of http* cannot be read: E: no bookworm there' 9.9
    rm "$EXITSCOPE_DEBIAN_KEYRING"
    expect 1 '' "kernel-source: *Debian's keys are missing*install the package debian-archive-keyring" 9.9
    expect 69 '' 'kernel-source: *is missing*' --find 9.9
}

@test "wrong words end with 2" {
    for words in '' 9 9.9.9 v9.9 '9.9 9.8' '--find' '--frobnicate'; do
        # shellcheck disable=SC2086 # several words
        expect 2 '' 'kernel-source: give one version, for example 6.12, not *' $words
    done
    run "$finder" --help
    [ "$status" -eq 0 ]
    [[ $output == 'Usage: scripts/kernel-source [--find] VERSION'* ]]
}
