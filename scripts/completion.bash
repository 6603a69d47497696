# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Completes `exitscope` and the scripts that call it: . scripts/completion.bash

_exitscope_lab=$(cd "$(dirname "${BASH_SOURCE[0]}")/../lab" && pwd)

_exitscope_options() {
    case $1 in
        doctor) echo --on --format ;;
        run) echo --setting --on --workloads --iterations --repeat --vcpus --huge-pages --l1 --modules --source --guest --counters --tree --witness --out ;;
        linux) echo --setting --on --repeat --huge-pages --l1 --modules --source --counters --witness --out --kernel --initrd --append --disk --memory --timeout --format ;;
        lab) echo --setting --kernel --initrd --append --qemu-arg --l1 --trace --observe --exit-counters --stock --modules --timeout --out ;;
        load-kvm) echo --ept --npt --exit-counters --no-cycles --own --modules --source --previous --restore --status ;;
        show) echo --format --cycles ;;
        compare) echo --changed --format --marks --reports --statistics --tracepoint ;;
        gate) echo --baseline ;;
        report) echo --out ;;
        bisect) echo --tree --good --bad --workload --setting --reason --guest ;;
        sweep) echo --setting --l1 --workloads --iterations --change --guest --out ;;
        result) echo --setting --serial --status --host --no-host-evidence --l1-log --kvm-exit --marks --out ;;
        prices) echo --list --nested ;;
    esac
}

# _exitscope_values COMMAND OPTION: the words an option takes; nothing where it takes a file or a number.
_exitscope_values() {
    case $1$2 in
        *--setting) echo ept=1 ept=0 npt=1 npt=0 ;;
        *--on) echo host lab ;;
        run--counters | linux--counters) echo kvm trace ;;
        run--l1 | linux--l1 | lab--l1 | sweep--l1)
            # shellcheck source=lab/lib/kernel-table.sh
            (. "$_exitscope_lab/lib/kernel-table.sh" && kernel_names) 2>/dev/null
            ;;
        run--huge-pages | linux--huge-pages) echo always never ;;
        lab--exit-counters) echo 0 1 2 ;;
        load-kvm--exit-counters) echo 1 2 ;;
        load-kvm--ept | load-kvm--npt) echo on off ;;
        run--workloads | sweep--workloads) echo all ;;
        doctor--format) echo text json ;;
        linux--format) echo text markdown ;;
        show--format) sed -n 's/^    {"\([a-z]*\)", .*/\1/p' "$_exitscope_lab/../command/show/formats.h" ;;
        compare--format) echo table markdown csv json ;;
    esac
}

_exitscope() {
    local command='' word=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} i words=''
    case ${COMP_WORDS[0]##*/} in
        run | lab | load-kvm) command=${COMP_WORDS[0]##*/} ;;
    esac
    for ((i = 1; i < COMP_CWORD; i++)); do
        [[ -n $command || ${COMP_WORDS[i]} == -* ]] || command=${COMP_WORDS[i]}
    done
    # "=" parts words in bash: ept=1 comes as three.
    if [[ $word == '=' || $previous == '=' ]]; then
        [[ $word != '=' ]] || word=''
        mapfile -t COMPREPLY < <(compgen -W '0 1' -- "$word")
        return
    fi
    if [[ -z $command ]]; then
        words='doctor run linux lab show compare gate bisect sweep report load-kvm result prices --help'
    else
        words=$(_exitscope_values "$command" "$previous")
        [[ -n $words || $word != -* ]] || words="$(_exitscope_options "$command") --help"
    fi
    if [[ -n $words ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
    else
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
    fi
}

complete -o filenames -F _exitscope exitscope scripts/exitscope scripts/run scripts/lab scripts/load-kvm
