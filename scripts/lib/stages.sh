# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Long steps that say what is going on and for how long. Sourced by the entry points, which set
# log_folder and call stop_stage when they are interrupted.

stage_times=
stage_pid=
# shellcheck disable=SC2034 # for the caller
stage_output= # what the last stage printed on stdout

# Runs a command as a named stage: its time when it ends, meanwhile a clock and the log's last line. On a
# terminal they tick in place; elsewhere they come every 20 seconds. What the command prints is shown
# only if it fails, and stays in $log_folder.
#   stage NAME COMMAND...
stage() {
    local name=$1 begin=$SECONDS status=0 tick last shown=0
    shift
    local log=${log_folder:?}/${name//[^a-zA-Z0-9]/-}.log output
    output=$(mktemp)
    mkdir -p "$log_folder"
    set -m # a process group of its own, so that an interrupt reaches all of it
    "$@" >"$output" 2>"$log" </dev/null &
    stage_pid=$!
    set +m
    while kill -0 "$stage_pid" 2>/dev/null; do
        sleep 0.1
        tick=$((SECONDS - begin))
        if [[ -t 2 ]]; then
            last=$(tail -n 1 "$log" 2>/dev/null | tr -dc '[:print:]')
            printf '\r\033[K  %-30s %4d s  %.60s' "$name" "$tick" "$last" >&2
        elif ((tick >= shown + 20)); then
            shown=$tick
            printf '  %-30s %4d s  %s\n' "$name" "$tick" "$(tail -n 1 "$log")" >&2
        fi
    done
    wait "$stage_pid" || status=$?
    stage_pid=
    [[ ! -t 2 ]] || printf '\r\033[K' >&2
    local took=$((SECONDS - begin))
    stage_times+="${stage_times:+, }$name $took s"
    # shellcheck disable=SC2034
    stage_output=$(<"$output")
    rm -f "$output"
    if ((status != 0)); then
        printf '  %-30s failed after %d s:\n' "$name" "$took" >&2
        tail -n 30 "$log" >&2
        printf 'The whole log: %s\n' "$log" >&2
        return "$status"
    fi
    printf '  %-30s %4d s\n' "$name" "$took" >&2
}

# Ends the stage that is running, and all that it started.
stop_stage() {
    [[ -n $stage_pid ]] || return 0
    kill -TERM -- "-$stage_pid" 2>/dev/null || true
    wait "$stage_pid" 2>/dev/null || true
    stage_pid=
}
