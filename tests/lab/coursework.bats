# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# KVMs as the public course patches make them (tests/coursework, for Linux 6.1): the guest kernel and exitstat know each layout of the
# leaves, and two classic mistakes of the experiment are ERROR, with the reason. Which settings: settings.bash. Needs jq.

load settings

bats_require_minimum_version 1.5.0

setup_file() {
    export root runs chosen
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    runs=$BATS_FILE_TMPDIR
    chosen=$(settings)
    kernel=$("$root/lab/build-kernel" --l1 6.1)
    inner=$("$root/lab/build-inner" "${EXITSCOPE%/*}/../exitstat/exitstat")
    modules=$("$root/scripts/build-kvm" --kernel-build "$kernel/build" --stock --also "$root/tests/coursework/counters-6.1.patch")
    make_jobs
    local isa boots=() boot
    for isa in vmx svm; do
        [[ -d $runs/job-$isa ]] || continue
        "$root/lab/boot" --l1 6.1 --isa $isa --job "$runs/job-$isa" --modules "$modules" --limit 1200 --out "$runs/out-$isa" &
        boots+=($!)
    done
    for boot in "${boots[@]}"; do
        wait "$boot"
    done
}

# add_run NAME SETTING KERNEL [KEY=VALUE]...: results will be in $runs/NAME; nothing for a setting that is not chosen.
add_run() {
    local name=$1 setting=$2 kernel=$3 isa=vmx number run pair
    [[ " $chosen " == *" $setting "* ]] || return 0
    shift 3
    [[ $setting == ept* ]] || isa=svm
    mkdir -p "$runs/job-$isa/runs"
    number=$(($(find "$runs/job-$isa/runs" -mindepth 1 -maxdepth 1 | wc -l) + 1))
    run=$runs/job-$isa/runs/$number
    mkdir "$run"
    ln -s "$kernel" "$run/kernel"
    echo "$setting" >"$run/setting"
    : >"$run/virtio-console"
    for pair; do
        echo "${pair#*=}" >"$run/${pair%%=*}"
    done
    ln -s "out-$isa/$number" "$runs/$name"
}

# add_exitstat NAME PARAMETERS: an inner Linux under npt=1 with those parameters of kvm.ko.
add_exitstat() {
    [[ " $chosen " == *" npt=1 "* ]] || return 0
    add_run "$1" npt=1 "$kernel/vmlinux" "append=console=ttyS0 quiet panic=-1" "kvm-parameters=$2"
    ln -sf "$inner" "$runs/job-svm/runs/$(basename "$(readlink "$runs/$1")")/initrd"
}

# The total and the count of CPUID begin with this. The latter passes 2^32 while the guest kernel measures: nearly all of its some
# 4500 (VMX) and 23000 (SVM) are the guest kernel's.
first=$((0xffffffff - 3500))

# What such counters can count exactly: course patches miss exits on the fast paths.
workloads=cpuid,port_in,port_out,cr3_write,invlpg,page_first_touch,page_second_touch

make_jobs() {
    local setting layout
    for setting in ept=1 npt=1; do
        for layout in 1 2 3; do
            add_run "guest-$layout-$setting" $setting "$GUEST" "append=workloads=$workloads" "kvm-parameters=coursework=$layout"
        done
    done
    for layout in 1 2 3; do
        add_exitstat "exitstat-$layout" "coursework=$layout"
    done
    # What varies between the patches.
    for setting in ept=1 npt=1; do
        add_run "total-$setting" $setting "$GUEST" "append=workloads=cpuid" "kvm-parameters=coursework=4"
        add_run "no_cycles-$setting" $setting "$GUEST" "append=workloads=cpuid" "kvm-parameters=coursework=5"
        add_run "zeros-$setting" $setting "$GUEST" "append=workloads=cpuid" "kvm-parameters=coursework=3 coursework_zeros=1"
        add_run "twice-$setting" $setting "$GUEST" "append=workloads=cpuid" "kvm-parameters=coursework=1 coursework_twice=1"
        for wide in 0 1; do
            add_run "wrap-$wide-$setting" $setting "$GUEST" "append=workloads=$workloads" \
                "kvm-parameters=coursework=2 coursework_first=$first coursework_wide=$wide"
        done
    done
    add_exitstat exitstat-total "coursework=4"
    # kvm-intel is loaded anew with ept=0, and kvm.ko is not: it keeps what it counted with ept=1.
    add_run first ept=1 "$GUEST" "append=workloads=$workloads" "kvm-parameters=coursework=1"
    add_run kept ept=0 "$GUEST" "append=workloads=$workloads" "kvm-parameters=coursework=1" keep-kvm=yes
    # And with a kvm.ko of its own the same is right.
    add_run anew ept=0 "$GUEST" "append=workloads=$workloads" "kvm-parameters=coursework=1 ignore_msrs=1"
    # Asked for ept=0, and the module was not loaded anew.
    add_run not_off ept=0 "$GUEST" "append=workloads=$workloads" "kvm-parameters=coursework=1" load=ept=1
}

# judge NAME SETTING [OPTION...]: what exitscope says of a run, and its exit code in $status.
judge() {
    local name=$1 setting=$2
    shift 2
    run "$EXITSCOPE" result --setting "$setting" --serial "$runs/$name/serial" --status "$(<"$runs/$name/status")" \
        --out "$BATS_TEST_TMPDIR/$name" "$@"
    echo "$name: $output"
}

needs() {
    [[ " $chosen " == *" $1 "* ]] || skip "$1 is not among the settings"
}

@test "the guest kernel knows each layout by its behaviour, and its counts are exact" {
    [[ $chosen == *=1* ]] || skip "no setting with two-dimensional paging is chosen"
    for setting in ept=1 npt=1; do
        [[ " $chosen " == *" $setting "* ]] || continue
        for layout in 1:layout-a 2:layout-b 3:layout-c; do
            name=guest-${layout%:*}-$setting
            judge "$name" $setting --host "$runs/$name/l1.json"
            [ "$status" -eq 0 ]
            jq -e --arg name "${layout#*:}" '.evidence.counters.source == $name and (.workloads | length) == 7' \
                "$BATS_TEST_TMPDIR/$name/$setting.json"
        done
    done
}

@test "exitstat knows each layout, and takes its own reading off" {
    needs npt=1
    for layout in 1:layout-a 2:layout-b 3:layout-c; do
        lines=$(tr -d '\r' <"$runs/exitstat-${layout%:*}/serial" | grep -o '{"exitstat".*')
        echo "$lines" | head -n 3
        jq -se --arg name "${layout#*:}" 'all(.counters == $name and .scope == "vm" and .paging == "unknown")' <<<"$lines"
        # As with the project's own counters (linux.bats): a program makes 33.
        jq -se 'map({(.name): ([.reasons[] | select(.name == "CPUID").exits] | add)}) | add | .nothing == 33 and .fork == 3333' <<<"$lines"
    done
}

@test "counters that were kept over a reload of kvm-intel are an ERROR: they show what ept=0 cannot have" {
    needs ept=0
    needs ept=1
    judge kept ept=0 --host "$runs/kept/l1.json"
    [ "$status" -eq 2 ]
    [[ $output == *"asked for ept=0, but the counts show two-dimensional paging ("*" EPT_VIOLATION in the final reading)"* ]]
    [[ $output == *"while kvm_intel has ept=N"* ]]
    judge anew ept=0 --host "$runs/anew/l1.json"
    [ "$status" -eq 0 ]
}

@test "ept that is not off is an ERROR, with and without the host's evidence" {
    needs ept=0
    judge not_off ept=0 --host "$runs/not_off/l1.json"
    [ "$status" -eq 2 ]
    [[ $output == *"asked for ept=0, but kvm_intel has ept=Y"*"the counts show two-dimensional paging (100 EPT_VIOLATION in page_first_touch)"* ]]
    judge not_off ept=0 --no-host-evidence
    [ "$status" -eq 2 ]
    [[ $output == *"the counts show two-dimensional paging (100 EPT_VIOLATION in page_first_touch)"* ]]
}

@test "a patch without some leaves is measured where it can be, and says what is missing" {
    [[ $chosen == *=1* ]] || skip "no setting with two-dimensional paging is chosen"
    for setting in ept=1 npt=1; do
        [[ " $chosen " == *" $setting "* ]] || continue
        judge "total-$setting" $setting --host "$runs/total-$setting/l1.json"
        [ "$status" -eq 2 ]
        [[ $output == *"exit counters that cannot be used: a total, but no counts by reason (CPUID leaf 0x4fffffff)"* ]]
        judge "twice-$setting" $setting --host "$runs/twice-$setting/l1.json"
        [ "$status" -eq 2 ]
        [[ $output == *"exit counters that cannot be used: each CPUID is counted twice (CPUID leaf 0x4ffffffe)"* ]]
        judge "no_cycles-$setting" $setting --host "$runs/no_cycles-$setting/l1.json"
        [ "$status" -eq 0 ]
        jq -e '.evidence.counters.source == "layout-b"' "$BATS_TEST_TMPDIR/no_cycles-$setting/$setting.json"
        grep -F '# no leaf has the cycles by reason' "$runs/no_cycles-$setting/serial"
        judge "zeros-$setting" $setting --host "$runs/zeros-$setting/l1.json"
        [ "$status" -eq 0 ]
        jq -e '.evidence.counters.source == "layout-c"' "$BATS_TEST_TMPDIR/zeros-$setting/$setting.json"
        grep -F '# undefined reasons are answered with zeros, not with EDX = 0xffffffff' "$runs/zeros-$setting/serial"
        run grep -F '# no leaf' "$runs/zeros-$setting/serial"
        [ "$status" -eq 1 ]
    done
}

@test "counts of 32 bits that wrap, and counts of 64 bits, are exact" {
    [[ $chosen == *=1* ]] || skip "no setting with two-dimensional paging is chosen"
    for setting in ept=1 npt=1; do
        [[ " $chosen " == *" $setting "* ]] || continue
        for wide in 0 1; do
            name=wrap-$wide-$setting
            judge "$name" $setting --host "$runs/$name/l1.json"
            [ "$status" -eq 0 ]
            # It has passed 2^32, some readings ago.
            jq -e '.final.exits | (.["10"] // .["0x72"]) | . > 300 and . < 100000' "$BATS_TEST_TMPDIR/$name/$setting.json"
        done
    done
}

@test "exitstat says what is missing of a total without counts by reason" {
    needs npt=1
    tr -d '\r' <"$runs/exitstat-total/serial" |
        grep -F 'exitstat: the exit counters here cannot be used: a total, but no counts by reason (CPUID leaf 0x4fffffff)'
}
