# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Paths with a blank, a comma, a quote in them: taken, or refused before anything is built. Needs EXITSCOPE (set by ctest).

setup() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    cd "$BATS_TEST_TMPDIR" || return
}

# refuses STATUS WORDS COMMAND...
refuses() {
    run "${@:3}"
    echo "${*:3}: $status $output"
    [ "$status" -eq "$1" ]
    [[ $output == *"$2"* ]]
}

@test "a cache folder in which no kernel can be built is named by each who would build there, and nothing is made" {
    local folder hello=$root/tests/lab/hello.S
    for folder in 'a b' a,b "a'b" 'a"b' a:b 'a$b' 'a\b'; do
        export XDG_CACHE_HOME=$BATS_TEST_TMPDIR/$folder
        local words="the cache folder '$XDG_CACHE_HOME/exitscope' cannot be taken: it holds a"
        for command in scripts/build 'scripts/build-kvm --kernel-release 6.1.0-1' 'scripts/kernel-source --find 6.12' lab/build-kernel \
            'lab/build-image /nowhere' 'lab/build-inner /bin/true' 'lab/boot --isa svm' 'lab/fetch-emulators bookworm' 'scripts/exitscope doctor'; do
            # shellcheck disable=SC2086 # several words
            refuses 2 "$words" $root/$command
        done
        refuses 69 "$words" "$root/scripts/exitscope" lab --setting npt=1 --kernel "$hello"
        refuses 2 "$words" "$EXITSCOPE" run --on lab --out out
        refuses 69 "$words" "$EXITSCOPE" lab --setting npt=1 --kernel "$hello"
        refuses 2 "$words" "$EXITSCOPE" bisect --tree "$root" --good HEAD --bad HEAD --workload cpuid --setting npt=1
        run "$EXITSCOPE" doctor
        [[ $output == *"problem  cache "* ]]
        [ ! -e "$folder" ]
    done
    XDG_CACHE_HOME=here refuses 2 "the cache folder 'here/exitscope' cannot be taken: it does not begin with /" "$root/scripts/build"
    [ ! -e here ]
}

@test "a checkout whose path gets mixed up with other words is named" {
    mkdir -p a,b/lab a,b/scripts
    cp -r "$root/lab/"{lib,boot,kernels} a,b/lab
    cp -r "$root/scripts/"{lib,build} a,b/scripts
    refuses 2 "the checkout '$PWD/a,b' cannot be taken: it holds a ," a,b/lab/boot --isa svm
    refuses 2 "the checkout '$PWD/a,b' cannot be taken: it holds a ," a,b/scripts/build
    mv a,b "a b'c"
    run "./a b'c/lab/boot" --isa svm
    [[ $status -eq 2 && $output == *"--job is a folder with runs in it"* ]]
}
