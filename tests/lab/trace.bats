# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# exitscope-trace, where it cannot count or is disturbed: no wrong number, and a message with the cause. That it counts right is
# exact.bats'. Each case is a run of one boot, in which a script stands in the place of the program, in L1.
# Needs GUEST, EXITSCOPE and TRACER (set by ctest), jq, the lab; settings: npt=1 only.

setting=npt=1

setup_file() {
    export root out
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    out=$BATS_FILE_TMPDIR/out
    local job=$BATS_FILE_TMPDIR/job kernel
    . "$root/lab/lib/kernel-table.sh"
    kernel=$(small_kernel)
    mkdir -p "$job/runs" "$job/programs/real"
    : >"$job/names"
    cp "$TRACER" "$job/programs/real/exitscope-trace"
    gcc -m32 -nostdlib -static -Wl,-Ttext=0x100000,--build-id=none -DROUNDS=12500 -o "$job/programs/busy-guest" "$BATS_TEST_DIRNAME/million.S"
    write_wrapper "$job/programs/exitscope-trace"
    add_case right
    add_case beside
    add_case small-room "--room 4"
    add_case killed
    add_case other-process
    add_case other-format
    add_case no-tracefs
    add_case not-found
    "$root/lab/boot" --l1 "$kernel" --isa svm --job "$job" --out "$out" --limit 1200 \
        --modules "$("$root/scripts/build-kvm" --kernel-build "$("$root/lab/build-kernel" --l1 "$kernel")/build")" \
        2>"$BATS_FILE_TMPDIR/said" || true
    cat "$BATS_FILE_TMPDIR/said" >&2
}

# Each run's folder says in the file `case` what is to happen.
write_wrapper() {
    cat >"$1" <<'SH'
#!/bin/sh
# exitscope-trace --marks FILE OPTION... -- COMMAND...
case=$(cat /job/runs/"$(basename "$(dirname "$2")")"/case)
real=/job/programs/real/exitscope-trace
wait_for() {
    until grep -q "$1" "$serial"; do sleep 0.1; done
}
serial=${2%/*}/serial
# signal NAME: to what counts, which keeps the command line when it has become a process of its own.
signal() {
    for process in /proc/[0-9]*; do
        case $(tr '\0' ' ' <"$process/cmdline" 2>/dev/null) in
            "$real "*) kill "-$1" "${process##*/}" ;;
        esac
    done
}
case $case in
    beside)
        qemu-system-x86_64 -accel kvm -m 64 -nodefaults -no-user-config -display none -kernel /job/programs/busy-guest &
        busy=$!
        (wait_for record=end && kill $busy) &
        exec $real "$@"
        ;;
    small-room)
        (wait_for KTAP && signal STOP && wait_for record=end && signal CONT) &
        exec $real "$@"
        ;;
    killed)
        (wait_for KTAP && signal KILL) &
        exec $real "$@"
        ;;
    other-process)
        marks=$2
        until [ "$1" = -- ]; do shift; done
        shift
        exec $real --marks "$marks" -- sh -c '"$@" & wait $!' sh "$@"
        ;;
    other-format)
        sed 's/ exit_reason;/ reason;/' /sys/kernel/tracing/events/kvm/kvm_exit/format >/run/format
        mount --bind /run/format /sys/kernel/tracing/events/kvm/kvm_exit/format
        $real "$@"
        status=$?
        umount /sys/kernel/tracing/events/kvm/kvm_exit/format
        exit $status
        ;;
    no-tracefs)
        umount /sys/kernel/tracing
        $real "$@"
        status=$?
        mount -t tracefs trace /sys/kernel/tracing
        exit $status
        ;;
    not-found)
        exec $real --marks "$2" -- no-such-program
        ;;
    *) exec $real "$@" ;;
esac
SH
    chmod +x "$1"
}

# add_case NAME [OPTIONS]
add_case() {
    local job=$BATS_FILE_TMPDIR/job number run
    echo "$1" >>"$job/names"
    number=$(wc -l <"$job/names")
    run=$job/runs/$number
    mkdir -p "$run"
    ln -s "$GUEST" "$run/kernel"
    echo "$setting" >"$run/setting"
    echo "$1" >"$run/case"
    echo "${2:-}" >"$run/marks"
    echo "workloads=cpuid,hlt,port_out,page_first_touch" >"$run/append"
}

setup() {
    . "$BATS_TEST_DIRNAME/settings.bash"
    [[ " $(settings) " == *" $setting "* ]] || skip "$setting is not chosen"
}

# take NAME: its folder in $run_folder, with the result that the report gives by itself.
take() {
    run_folder=$out/$(grep -nxF "$1" "$BATS_FILE_TMPDIR/job/names" | cut -d : -f 1)
    [ ! -s "$run_folder/serial" ] || "$EXITSCOPE" result --setting "$setting" --serial "$run_folder/serial" \
        --status "$(<"$run_folder/status")" --host "$run_folder/l1.json" --out "$run_folder"
}

compare() {
    run "$EXITSCOPE" compare --marks "$run_folder/marks.jsonl" "$run_folder/$setting.json"
    echo "$output"
}

@test "every window agrees, and the end says that nothing was lost" {
    take right
    compare
    [ "$status" -eq 0 ]
    [[ $output == 'npt=1: the counters and the tracepoint agree in each of 8 windows, '*' exits' ]]
    [ "$(tail -n 1 "$run_folder/marks.jsonl")" = '{"end":true,"isa":"svm","lost_marks":0,"lost_exits":0}' ]
}

@test "one exit more in one window is found" {
    take right
    mark=$(jq '.workloads[] | select(.name == "hlt").doubled_mark' "$run_folder/$setting.json")
    jq -c --argjson mark "$mark" 'if .mark == $mark + 1 then .exits["0x72"] += 1 | .total += 1 else . end' \
        "$run_folder/marks.jsonl" >"$run_folder/changed"
    cp "$run_folder/marks.jsonl" "$run_folder/right"
    mv "$run_folder/changed" "$run_folder/marks.jsonl"
    compare
    mv "$run_folder/right" "$run_folder/marks.jsonl"
    [ "$status" -eq 1 ]
    [[ $output == 'npt=1: the counters and the tracepoint differ in 1 of 8 windows '* ]]
    [[ $output == *"  hlt, 200 iterations, mark $mark: CPUID: expected 1, found 2" ]]
}

@test "another VM with a hundred thousand exits beside it is not counted" {
    take beside
    compare
    [ "$status" -eq 0 ]
    [ "$(jq 'select(.final == 0).total' "$run_folder/marks.jsonl")" -lt 50000 ]
}

@test "marks that found no room are told, and give no number" {
    take small-room
    compare
    [ "$status" -eq 2 ]
    [[ $output == *' marks were lost, for want of room; give more by --room'* ]]
}

@test "a counting program that was killed leaves no number, and the guest goes on" {
    take killed
    [ "$(jq -r .verdict "$run_folder/$setting.json")" = PASS ]
    compare
    [ "$status" -eq 2 ]
    [[ $output == *'the last line is not the end: counting stopped before the VM did'* ]]
}

@test "a VM that another process runs is not counted" {
    take other-process
    compare
    [ "$status" -eq 2 ]
    [[ $output == *'no exit was seen: was the VM run by another process, or not by KVM?'* ]]
}

@test "a tracepoint without the field is refused before the guest starts" {
    take other-format
    [ ! -s "$run_folder/serial" ]
    grep -q 'the tracepoint kvm_exit of this kernel has no field exit_reason' "$run_folder/error"
}

@test "without tracefs it says what to mount" {
    take no-tracefs
    [ ! -s "$run_folder/serial" ]
    grep -q 'mount -t tracefs trace /sys/kernel/tracing' "$run_folder/error"
}

@test "a command that is not there is told, with 127" {
    take not-found
    [ "$(<"$run_folder/status")" -eq 127 ]
    grep -q '^exitscope-trace: no-such-program: No such file or directory$' "$run_folder/qemu.log"
}
