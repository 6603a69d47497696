# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# The jobs of linux.bats, the inner Linux with more programs in it, and what one left: its words, and its exits by phase, as
# {"boot":[765,1589],...}. Needs jq and cpuid.
# shellcheck disable=SC2154 # chosen, inner, kernel, l1, modules, root and runs are the test's

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

# add_run ISA NAME SETTING INITRD [KEY=VALUE]...: results will be in $runs/out-ISA, the number in $runs/NAME.
add_run() {
    local isa=$1 name=$2 setting=$3 initrd=$4 number run pair
    shift 4
    mkdir -p "$runs/job-$isa/runs"
    number=$(($(find "$runs/job-$isa/runs" -mindepth 1 -maxdepth 1 | wc -l) + 1))
    run=$runs/job-$isa/runs/$number
    mkdir "$run"
    ln -s "$kernel/vmlinux" "$run/kernel"
    ln -s "$initrd" "$run/initrd"
    echo "$setting" >"$run/setting"
    echo 2 >"$run/exit_counters"
    for pair; do
        echo "${pair#*=}" >"$run/${pair%%=*}"
    done
    ln -s "out-$isa/$number" "$runs/$name"
}

# boot_job ISA: the runs that `exitscope linux` does not do.
boot_job() {
    local setting
    for setting in $chosen; do
        case $1-$setting in
            vmx-ept* | svm-npt*)
                add_run "$1" "observed-$setting" "$setting" "$inner" trace=yes "observe=exitscope: the work is done" \
                    "append=console=ttyS0 quiet panic=-1 no_timer_check end=halt"
                ;;
        esac
        [[ $1-$setting == svm-npt=1 ]] || continue
        make_tools "$runs/tools.cpio"
        add_run svm tools npt=1 "$runs/tools.cpio" "append=console=ttyS0 quiet panic=-1 no_timer_check"
        add_run svm kernel_only npt=1 "$runs/tools.cpio" "append=console=ttyS0 quiet panic=-1 no_timer_check" exit_counters=1
    done
    [[ ! -d $runs/job-$1 ]] || "$root/lab/boot" --l1 "$l1" --isa "$1" --job "$runs/job-$1" --modules "$modules" --out "$runs/out-$1"
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
