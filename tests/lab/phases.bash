# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# The exits of an inner Linux by phase, from what holds them: {"boot":[765,1589],...}. Needs jq.

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
# shellcheck disable=SC2154 # root is the test's
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
