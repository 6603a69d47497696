# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# The command as its documents have it: the manual page and the completion name what --help names, no more and no less.
# Needs EXITSCOPE (set by ctest) and groff.

setup() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
}

commands() {
    "$EXITSCOPE" --help | sed -n '/^Commands/,$s/^  \([a-z-]\+\) .*/\1/p'
}

# options COMMAND: its long options, one a line.
options() {
    "$EXITSCOPE" "$1" --help | sed -n '/^Options:/,/^$/s/^  \(-.,\)\?--\([a-z0-9-]*\).*/--\2/p' | grep -vx -e --help | sort
}

# manual COMMAND: what the page says of it, as it is typed.
manual() {
    sed 's/\\-/-/g; s/"//g' "$root/docs/exitscope.1" | sed -n "/^\.BR\? $1\( \|\$\)/,/^\.\(TP\|P\)\$/p"
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

@test "the manual page has every command with every option, and is well formed" {
    [ "$(commands | wc -l)" -eq 13 ]
    for command in $(commands); do
        [ -n "$(manual "$command")" ] || { echo "no $command" && false; }
        diff <(options "$command") <(manual "$command" | grep -oE -- '--[a-z0-9-]+' | sort -u) || { echo "$command" && false; }
    done
    [ -z "$(groff -man -ww -z "$root/docs/exitscope.1" 2>&1)" ]
}

@test "the completion offers every command and every option" {
    . "$root/scripts/completion.bash"
    diff <(commands | sort) <(COMP_WORDS=(exitscope '') COMP_CWORD=1 && _exitscope && printf '%s\n' "${COMPREPLY[@]}" | grep -v -e --help | sort)
    for command in $(commands); do
        diff <(options "$command") <(_exitscope_options "$command" | tr ' ' '\n' | grep . | sort) || { echo "$command" && false; }
    done
}

@test "the completion offers values, in bash's way of parting words at =" {
    . "$root/scripts/completion.bash"
    completes 'doctor' exitscope do
    completes 'ept=1 ept=0' exitscope run --setting e
    completes '0 1' exitscope run --setting ept =
    completes '1' exitscope run --setting ept = 1
    completes 'host' exitscope run --on h
    completes '--setting --source' scripts/run --s
    completes 'debian-6.12 debian debian-7.3' scripts/run --l1 d
    completes '--setting --stock' scripts/lab --s
    completes 'npt=1 npt=0' exitscope lab --setting n
    completes 'on off' scripts/load-kvm --npt o
    completes 'junit json' exitscope show --format j || completes 'json junit' exitscope show --format j
    cd "$root/tests/golden"
    completes 'ept=1.json ept=1.serial' exitscope show ept=1
    complete -p scripts/run scripts/lab scripts/load-kvm | grep -c -e '-F _exitscope' | grep -qx 3
}

@test "every command says what it needs when it gets nothing, and ends with 2, lab with 64" {
    cd "$BATS_TEST_TMPDIR"
    for command in $(commands | grep -vx -e run -e linux -e sweep -e doctor); do
        run "$EXITSCOPE" "$command"
        echo "$command: $status $output"
        [ "$status" -eq "$([[ $command == lab ]] && echo 64 || echo 2)" ]
        [[ $output == *required* && $output == *"Run with --help"* ]]
    done
    [ -z "$(ls)" ]
}

@test "wrong usage ends with 2 in every command and every script, with 64 where QEMU's status is handed through" {
    cd "$BATS_TEST_TMPDIR"
    for command in $(commands); do
        run "$EXITSCOPE" "$command" --frobnicate
        echo "$command: $status $output"
        [ "$status" -eq "$([[ $command == lab ]] && echo 64 || echo 2)" ]
    done
    run "$EXITSCOPE" frobnicate
    [ "$status" -eq 2 ]
    [[ $output == "there is no command frobnicate; the nearest is "* ]]
    mapfile -t scripts < <(find "$root"/{scripts,lab} "$root"/tests/mutation/run -maxdepth 1 -type f -perm -u+x | sort)
    [ "${#scripts[@]}" -ge 19 ]
    for script in "${scripts[@]}"; do
        run "$script" --frobnicate
        echo "$script: $status $output"
        [ "$status" -eq "$([[ $script == */scripts/lab ]] && echo 64 || echo 2)" ]
    done
    [ -z "$(ls)" ]
}

# mistyped STATUS MESSAGE WORD...
mistyped() {
    run "$EXITSCOPE" "${@:3}"
    echo "${*:3}: $status $output"
    [ "$status" -eq "$1" ]
    [ "${lines[0]}" = "$2" ]
    [ "${lines[1]}" = "Run with --help for more information." ]
}

@test "a mistyped command or option is named with the nearest, also before what is missing, and --help is help" {
    mistyped 2 'there is no command bisct; the nearest is bisect' bisct --tree /nowhere
    mistyped 2 'there is no command shwo; the nearest is show' shwo "$root/tests/golden/ept=1.json"
    mistyped 2 'not expected: --workload; the nearest option of run is --workloads' run --workload cpuid
    mistyped 2 'not expected: --format; the nearest option of run is --repeat' run --format=csv
    mistyped 2 'not expected: --seting; the nearest option of result is --setting' result --seting ept=1
    mistyped 64 'not expected: --kernal; the nearest option of lab is --kernel' lab --kernal /nowhere
    mistyped 2 'A subcommand is required'
    run "$EXITSCOPE" run --settting ept=1 --help
    [[ $status -eq 0 && $output == *"--workloads"* ]]
}

@test "bisect names a commit that the checkout does not have, and a folder that is no checkout" {
    tree=$BATS_TEST_TMPDIR/tree
    git init -q "$tree"
    git -C "$tree" -c user.name=test -c user.email=test@invalid commit -q --allow-empty --message base
    for commits in '--good none --bad HEAD' '--good HEAD --bad none'; do
        # shellcheck disable=SC2086 # several words
        run "$EXITSCOPE" bisect --tree "$tree" $commits --setting npt=1 --workload cpuid
        echo "$commits: $status $output"
        [ "$status" -eq 2 ]
        [[ $output == *"none is no commit of $tree"* ]]
    done
    run "$EXITSCOPE" bisect --tree "$BATS_TEST_TMPDIR" --good HEAD --bad HEAD --setting npt=1 --workload cpuid
    [ "$status" -eq 2 ]
    [[ $output == *"$BATS_TEST_TMPDIR is no git checkout"* ]]
}

@test "every command that reads files names one that is missing, cut, empty, or of another kind, and ends with 2" {
    golden=$root/tests/golden
    head -c 1000 "$golden/ept=1.json" >"$BATS_TEST_TMPDIR/cut.json"
    : >"$BATS_TEST_TMPDIR/empty.json"
    sed 's/"version": 2/"version": 3/' "$golden/ept=1.json" >"$BATS_TEST_TMPDIR/newer.json"
    cp "$golden/ept=1.serial" "$BATS_TEST_TMPDIR/log.json"
    for file in "$BATS_TEST_TMPDIR"/{missing,cut,empty,newer,log}.json; do
        for words in "show $file" "show $golden/ept=1.json $file" "compare $golden/ept=1.json $file" "gate --baseline $file $golden/ept=1.json" \
            "compare --tracepoint $file $golden/ept=1.json" "report $file -o $BATS_TEST_TMPDIR/page.html"; do
            # shellcheck disable=SC2086 # several words
            run "$EXITSCOPE" $words
            echo "$words: $status $output"
            [ "$status" -eq 2 ]
            [[ $output == "exitscope: $file"* ]]
            [ "${#lines[@]}" -eq 1 ]
        done
    done
    [ ! -e "$BATS_TEST_TMPDIR/page.html" ]
}

@test "a report is one page of a folder of results, and two results of one setting are told apart or refused" {
    mkdir "$BATS_TEST_TMPDIR/results"
    cp "$root/tests/golden/ept=1.json" "$BATS_TEST_TMPDIR/results/"
    run "$EXITSCOPE" report "$BATS_TEST_TMPDIR/results" -o "$BATS_TEST_TMPDIR/new/page.html"
    echo "$output"
    [ "$status" -eq 0 ]
    grep -q '<h3>ept=1</h3>' "$BATS_TEST_TMPDIR/new/page.html"
    run "$EXITSCOPE" report "$BATS_TEST_TMPDIR/results" "$root/tests/golden/ept=1.json" -o "$BATS_TEST_TMPDIR/other.html"
    [ "$status" -eq 2 ]
    [[ $output == *"there are two results of ept=1"* ]]
    run "$EXITSCOPE" report "$BATS_TEST_TMPDIR" -o "$BATS_TEST_TMPDIR/other.html"
    [ "$status" -eq 2 ]
    [[ $output == *"give the folder that"* ]]
    [ ! -e "$BATS_TEST_TMPDIR/other.html" ]
}
