# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Long steps that say what is going on and for how long. Sourced by the entry points.

stage_names=()
stage_seconds=()

# Runs a command as a named stage: one line when it begins, its time when it ends, a ticking clock on a
# terminal in between. Its output goes to LOG and is shown only if it fails.
#   stage NAME LOG COMMAND...
stage() {
    local name=$1 log=$2 begin=$SECONDS status=0
    shift 2
    if [[ -t 2 ]]; then
        "$@" >"$log" 2>&1 &
        local pid=$!
        while kill -0 "$pid" 2>/dev/null; do
            printf '\r  %-34s %4d s' "$name" $((SECONDS - begin)) >&2
            sleep 0.2
        done
        wait "$pid" || status=$?
        printf '\r' >&2
    else
        printf '  %-34s ...\n' "$name" >&2
        "$@" >"$log" 2>&1 || status=$?
    fi
    local took=$((SECONDS - begin))
    stage_names+=("$name")
    stage_seconds+=("$took")
    if ((status != 0)); then
        printf '  %-34s failed after %d s\n' "$name" "$took" >&2
        tail -n 40 "$log" >&2
        printf 'The whole log: %s\n' "$log" >&2
        return "$status"
    fi
    printf '  %-34s %4d s\n' "$name" "$took" >&2
}

# Prints where the time went, in one line.
print_stage_times() {
    local i line=
    for i in "${!stage_names[@]}"; do
        line+="${line:+, }${stage_names[i]} ${stage_seconds[i]} s"
    done
    printf '%d s in all: %s\n' "$SECONDS" "$line" >&2
}
