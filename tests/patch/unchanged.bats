# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# With kvm.exit_counters=0 nothing else changed: an inner Linux and this project's guest kernel on stock and on patched
# modules, each twice in one boot of L1, under npt=1 and ept=1. Needs GUEST, the guest kernel. Four boots, two at a time.

load l1
load each_version

setup_file() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    l1=$(. "$root/lab/lib/kernel-table.sh" && small_kernel)
    kernel=$(l1_kernel "$l1")
    export root l1 kernel
    mkdir "$BATS_FILE_TMPDIR/inner"
    gcc -std=gnu17 -O1 -Wall -Wextra -Werror -static -s -o "$BATS_FILE_TMPDIR/inner/init" "$BATS_TEST_DIRNAME/inner_init.c"
    (cd "$BATS_FILE_TMPDIR/inner" && echo init | busybox cpio -o -H newc -R 0:0 2>/dev/null >"$BATS_FILE_TMPDIR/initrd")
    for_each_isa boot_all
}

# boot_all ISA: results in $BATS_FILE_TMPDIR/MODULES-ISA.
boot_all() {
    local modules folder options
    for modules in stock patched; do
        options=()
        [ $modules = patched ] || options=(--stock)
        folder=$("$root/scripts/build-kvm" --kernel-build "$kernel/build" "${options[@]}")
        make_job "$BATS_FILE_TMPDIR/job-$modules-$1" "$1"
        "$root/lab/boot" --l1 "$l1" --isa "$1" --job "$BATS_FILE_TMPDIR/job-$modules-$1" --modules "$folder" \
            --out "$BATS_FILE_TMPDIR/$modules-$1" --limit 1200
    done
}

# make_job FOLDER ISA: runs 1 and 2 are the inner Linux, 3 and 4 the guest kernel with its exits counted.
make_job() {
    local number run setting=npt=1
    [ "$2" = svm ] || setting=ept=1
    for number in 1 2 3 4; do
        run=$1/runs/$number
        mkdir -p "$run"
        echo $setting >"$run/setting"
        echo 0 >"$run/exit_counters"
        echo 600 >"$run/timeout"
        if ((number < 3)); then
            ln -s "$kernel/vmlinux" "$run/kernel"
            ln -s "$BATS_FILE_TMPDIR/initrd" "$run/initrd"
            echo 'console=ttyS0 quiet no_timer_check panic=-1' >"$run/append"
        else
            ln -s "${GUEST:?}" "$run/kernel"
            echo yes >"$run/trace"
        fi
    done
}

# What a run's inner Linux found and said. Left out is what differs between two runs on stock modules as well: what it
# measured of time, where the lines of the thread that unpacks the initramfs come among the others, and what a warning's trace
# found on the stack without knowing whether it is a caller (`?`): an interrupt may have left it there.
facts() {
    tr -d '\r' <"$BATS_FILE_TMPDIR/$1-$2/$3/serial" |
        sed -e 's/BogoMIPS.*/BogoMIPS/; s/loop[.]* [0-9.]*/loop/; s/^\[[ 0-9.]*\] reboot/reboot/' \
            -e '/bogomips\|cpu MHz/d; /Unpacking initramfs\|Freeing initrd memory\|APIC timer disabled/d' \
            -e '/tsc: \|clocksource: \|sched_clock: /d; /^log:  ? 0x[0-9a-f]*$/d'
}

# equal_facts ISA: the inner Linux of every run found the same, to the end.
equal_facts() {
    local run
    facts stock "$1" 1 >"$BATS_TEST_TMPDIR/facts"
    grep -qx 'end of the facts' "$BATS_TEST_TMPDIR/facts"
    grep -q '^cpuid 4fffff00 0: ' "$BATS_TEST_TMPDIR/facts"
    [ "$(wc -l <"$BATS_TEST_TMPDIR/facts")" -gt 750 ]
    for run in 'stock 2' 'patched 1' 'patched 2'; do
        echo "$1, stock 1 and $run"
        # shellcheck disable=SC2086 # two words
        facts ${run% *} "$1" ${run#* } | diff "$BATS_TEST_TMPDIR/facts" -
    done
}

# exits MODULES ISA RUN NOISE...: what KVM counted for the guest kernel, without the noise.
exits() {
    local file=$BATS_FILE_TMPDIR/$1-$2/$3/kvm_exit.json
    shift 3
    jq -S --arg noise " $* " '.counts | with_entries(select(.key as $reason | $noise | contains(" \($reason) ") | not))' "$file"
}

# equal_exits ISA NOISE...: no run of the guest kernel differs from the first in what it printed, in how it ended, or
# in its exits.
equal_exits() {
    local run first=$BATS_FILE_TMPDIR/stock-$1/3
    exits stock "$1" 3 "${@:2}" >"$BATS_TEST_TMPDIR/exits"
    cat "$BATS_TEST_TMPDIR/exits"
    [ "$(<"$first/status")" -eq 37 ]
    for run in 'stock 4' 'patched 3' 'patched 4'; do
        echo "$1, stock 3 and $run"
        cmp "$first/serial" "$BATS_FILE_TMPDIR/${run% *}-$1/${run#* }/serial"
        [ "$(<"$BATS_FILE_TMPDIR/${run% *}-$1/${run#* }/status")" -eq 37 ]
        # shellcheck disable=SC2086 # two words
        exits ${run% *} "$1" ${run#* } "${@:2}" | diff "$BATS_TEST_TMPDIR/exits" -
    done
}

@test "the modules were those that they are said to be" {
    for isa in $(instruction_sets); do
        for run in 1 2 3 4; do
            jq -e '.parameters.kvm | has("exit_counters") | not' "$BATS_FILE_TMPDIR/stock-$isa/$run/l1.json"
            jq -e '.parameters.kvm.exit_counters == "0"' "$BATS_FILE_TMPDIR/patched-$isa/$run/l1.json"
        done
    done
}

@test "SVM: an inner Linux finds the same machine" {
    wants svm
    equal_facts svm
}

@test "VMX: an inner Linux finds the same machine" {
    wants vmx
    equal_facts vmx
}

# In QEMU TCG L1's time is wall time. How many ticks of its timer SeaBIOS acknowledges, with an OUT each, follows from
# how long it took: beside INTR and VINTR that makes IOIO differ between two runs on stock modules.
@test "SVM: the guest kernel prints the same, with the same exits" {
    wants svm
    equal_exits svm 0x60 0x64 0x7b
}

# In Bochs time is the number of instructions, and I/O is exact.
@test "VMX: the guest kernel prints the same, with the same exits" {
    wants vmx
    equal_exits vmx 1 7 52
}
