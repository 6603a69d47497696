# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# The inner Linux with more programs in it, and what one left: its words, and its exits by phase, as
# {"boot":[765,1589],...}. Needs jq and cpuid.
# shellcheck disable=SC2154 # inner, root and runs are the test's

# The inner Linux with cpuid and another first process: of two files of one name in a ramdisk the later one counts.
make_tools() {
    local folder=$runs/tools-root library
    install -D -t "$folder/bin" "$(command -v cpuid)"
    install "$BATS_TEST_DIRNAME/linux_tools_init" "$folder/init"
    for library in $(ldd "$(command -v cpuid)" | grep -o '/[^ ]*'); do
        install -D "$(readlink -f "$library")" "$folder$library"
    done
    {
        cat "$inner"
        (cd "$folder" && find . | busybox cpio -o -H newc -R 0:0 2>/dev/null)
    } >"$1"
}

# said RUN NAME: what linux_tools_init's command of that name printed, its status in the last line.
said() {
    tr -d '\r' <"$runs/$1/serial" | sed -n "/^BEGIN $2\$/,/^STATUS /p" | sed 1d
}

status_of() {
    said "$@" | sed -n 's/^STATUS //p'
}

# exits FILE REASON...: by phase, noise apart, from a result file.
exits() {
    jq -c '[.workloads[] | {(.name): [.exits[$ARGS.positional[]]]}] | add' --args "${@:2}" <"$1"
}

# console_exits FILE REASON...: the same from a console.
console_exits() {
    tr -d '\r' <"$1" | grep -o '{"exitstat".*' |
        jq -sc '[.[] | {(.name): [(.reasons | map({(.reason): .exits}) | add)[$ARGS.positional[]]]}] | add' --args "${@:2}"
}

# documented SETTING NAME...: the same from docs/experiment-tables.md, where the names of the reasons stand.
documented() {
    local parameter=${1%=*}
    sed -n "/^| phase | reason | $parameter=1 /,/^$/p" "$root/docs/experiment-tables.md" | tr -d ' ' |
        awk -F '|' -v column="$([[ $1 == *=1 ]] && echo 4 || echo 6)" '
            !NF || $2 == "phase" || $2 ~ /^-/ { next }
            $2 != "" { phase = $2 }
            { print phase, $3, $column }' |
        jq -nRc '[inputs | split(" ")] | group_by(.[0]) | map({(.[0][0]): map({(.[1]): (.[2] | tonumber)}) | add |
            [.[$ARGS.positional[]]]}) | add' --args "${@:2}"
}
