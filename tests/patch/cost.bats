# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# What the hooks of the series cost, in instructions of L1 per exit. A guest reads its time stamp counter before and
# after so many exits, and that counter counts instructions: in QEMU with -icount shift=0 one is one tick
# (cpu_get_tsc() is icount_get() then: hw/i386/x86.c, accel/tcg/tcg-accel-ops.c), in Bochs always (get_TSC() is
# time_ticks(): cpu/proc_ctrl.cc; cpu_loop() ticks once an instruction: cpu/cpu.cc). The ruler, a loop without exits,
# shows it in each boot. Windows that an interrupt of L1 disturbed (/proc/stat) are dropped; all others are equal.
#
# NOPs count here as any instruction, so a patched-out branch costs 1. Needs what leaves.bats needs, and perf. A minute a boot.
# EXITSCOPE_TEST_VERSION: this version only. TRACER: exitscope-trace, set by ctest.

load l1
load each_version

upstream=7.3 # what kvm-patch/upstream is for

setup_file() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    export root
}

# Puts this system's perf into an initramfs, with its libraries: add_perf FOLDER
add_perf() {
    local perf library
    perf=$(command -v perf)
    install -t "$1/bin" "$perf"
    while read -r library; do
        install -D "$library" "$1${library/#\/usr\/lib64/\/lib64}"
    done < <(ldd "$perf" | sed -n 's/.* \(\/[^ ]*\) (.*/\1/p; s/^\s*\(\/[^ ]*\) (.*/\1/p')
}

# make_initrd ISA L1_NAME FOLDER
make_initrd() {
    local kernel folder=$3
    kernel=$(l1_kernel "$2")
    l1_initrd "$folder"
    gcc -std=gnu17 -O1 -Wall -Wextra -Werror -static -o "$folder/bin/measure" \
        "$BATS_TEST_DIRNAME/cost/measure.c" "$BATS_TEST_DIRNAME"/guest*.c
    install "$BATS_TEST_DIRNAME/l1_init" "$folder/init"
    install "$TRACER" "$folder/bin/exitscope-trace"
    add_perf "$folder"
    install -m 644 "$BATS_TEST_DIRNAME/cost/steps" "$folder/steps"
    echo "$1" >"$folder/isa"
    cp "$kernel/irqbypass.ko" "$folder/"
    "$root/scripts/build-kvm" --kernel-build "$kernel/build" --stock --out "$folder/modules/stock"
    "$root/scripts/build-kvm" --kernel-build "$kernel/build" --out "$folder/modules/patched"
    [[ $2 != "$upstream" ]] || "$root/scripts/build-kvm" --kernel-build "$kernel/build" --stock \
        --also "$root"/kvm-patch/upstream/0001-*.patch --out "$folder/modules/statistic"
}

# Measures on the L1 kernel of that version and prints the table: measure_on ISA VERSION
measure_on() {
    local isa=$1 version=$2
    # shellcheck disable=SC2034 # start_svm's
    local svm_options=(-icount "shift=0,sleep=off")
    make_initrd "$isa" "$version" "$BATS_TEST_TMPDIR/$version"
    l1_limit=1200 boot_l1 "$isa" "$BATS_TEST_TMPDIR/$version" "$version"
    grep -v '^COST' "$log" || true
    grep -qx 'END' "$log"
    awk -f "$BATS_TEST_DIRNAME/cost/table.awk" "$log" >"$BATS_TEST_TMPDIR/$version.table"
    sed "s/^/# $isa $version: /" "$BATS_TEST_TMPDIR/$version.table" >&3
}

# Most that may be added: at_most VERSION SETTING LIMIT KIND...
at_most() {
    local version=$1 setting=$2 limit=$3 kind added
    shift 3
    for kind in "$@"; do
        added=$(added_to "$version" "$setting" "$kind")
        echo "$version: $setting adds ${added:?} to $kind, $limit may be"
        ((added <= limit))
    done
}

# added_to VERSION SETTING KIND: prints what the setting adds.
added_to() {
    awk -v setting="$2" -v kind="$3" '$2 == setting && $3 == kind { print $5 + 0 }' "$BATS_TEST_TMPDIR/$1.table"
}

in_kernel=(cpuid rdmsr wrmsr-icr)

# What counts from outside is at most 1.3 times as dear as the tracepoint that nobody reads: outside_is_cheap VERSION
outside_is_cheap() {
    local version=$1 kind counter tracepoint
    for kind in rdmsr wrmsr-icr; do
        counter=$(added_to "$version" trace-counter "$kind")
        tracepoint=$(added_to "$version" tracepoint "$kind")
        echo "$version: counted from outside $kind costs ${counter:?} more, traced ${tracepoint:?}"
        ((counter > 0 && counter * 10 <= tracepoint * 13))
    done
}

# `perf kvm stat record` writes a record or more at each exit and at each entry; the counters take at most a fiftieth of its instructions:
# counters_are_cheap VERSION
counters_are_cheap() {
    local version=$1 kind counters perf
    for kind in "${in_kernel[@]}"; do
        counters=$(added_to "$version" cycles "$kind")
        perf=$(added_to "$version" perf-record "$kind")
        echo "$version: counted with cycles $kind costs ${counters:?} more, recorded by perf ${perf:?}"
        ((counters > 0 && counters * 50 <= perf))
    done
}

# judge ISA VERSION
judge() {
    local version=$2 table=$BATS_TEST_TMPDIR/$2.table counts=16 again=0
    # The exit's reason is read once more there, as KVM reads it after other work.
    [ "$1 $2" != "vmx 6.1" ] || counts=20
    [ -z "$(grep '^WRONG' "$table")" ]
    [ "$(grep -c '^COST .* nothing  *3  *+0$' "$table")" -eq $([[ $version == "$upstream" ]] && echo 8 || echo 7) ]
    at_most "$version" off 2 "${in_kernel[@]}"
    at_most "$version" counts $counts "${in_kernel[@]}"
    at_most "$version" cycles 40 "${in_kernel[@]}"
    # GCC copies no code that holds a static branch. So with the hook between the two lookups of 7.3's kvm_cpuid() it finds the
    # bounds of the list anew for the second one. What version 14 saves elsewhere makes up for less of that than in version 12.
    [ "$version" != 7.3 ] || (($(gcc -dumpversion) < 14)) || again=5
    # Whether a leaf that user space did not set is one of the counters' takes four more while they are on.
    at_most "$version" off $((2 + again)) cpuid-absent
    at_most "$version" counts $((counts + 4 + again)) cpuid-absent
    at_most "$version" cycles $((44 + again)) cpuid-absent
    # The statistic of kvm-patch/upstream is always on.
    [ "$version" != "$upstream" ] || at_most "$version" statistic 8 "${in_kernel[@]}"
    outside_is_cheap "$version"
    counters_are_cheap "$version"
    # vcpu_load() and vcpu_put() have a hook each, and the compiler moves something for them.
    at_most "$version" off 5 out
}

# cost_of VERSION SETTING KIND
cost_of() {
    awk -v setting="$2" -v kind="$3" '$2 == setting && $3 == kind { print $4 }' "$BATS_TEST_TMPDIR/$1.table"
}

# The cycles of an exit hold all of it but what stands around the hardware's part: the guest's own loop, the assembly code, and what
# C code there is between it and the stamps. That is as many instructions in each version, but for what the assembly code itself
# does: all_agree VERSION...
all_agree() {
    local version outside least='' most=''
    for version; do
        outside=$(($(cost_of "$version" cycles cpuid) - $(cost_of "$version" cycles cpuid-counted)))
        echo "$version: $outside instructions of a CPUID are outside of its cycles"
        ((${least:-$outside} <= outside)) || least=$outside
        ((${most:-$outside} >= outside)) || most=$outside
        least=${least:-$outside} most=${most:-$outside}
    done
    echo "# outside: $least to $most" >&3
    ((least > 0 && most - least <= 12))
}

# On every kernel that there is a series for; all tables are printed before anything is judged.
measure() {
    local versions version
    versions=$(versions)
    for version in $versions; do
        measure_on "$1" "$version"
    done
    for version in $versions; do
        judge "$1" "$version"
    done
    # shellcheck disable=SC2086 # several words
    all_agree $versions
}

@test "SVM: an exit costs at most 2, 16 and 40 instructions more" {
    measure svm
}

@test "VMX: an exit costs at most 2, 16 and 40 instructions more" {
    measure vmx
}
