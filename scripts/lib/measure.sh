# shellcheck shell=bash
# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Runs the guest kernel under each setting, on this host or in the lab. Sourced by scripts/run, whose
# variables root, guest, append, vcpus, huge_pages, settings and l1 it reads. Each setting leaves in WORK/<setting>:
#   serial   what the guest printed      status   QEMU's exit status      l1.json   what KVM it was
#   l1.log   the lab's small Linux's console, in the lab only
#
# shellcheck disable=SC2154 # those variables are scripts/run's

# Prints the setting in force if a KVM with exit counters is loaded here and can be used, else nothing.
setting_of_this_host() {
    local modules=${EXITSCOPE_SYS_MODULE:-/sys/module} kvm=${EXITSCOPE_DEV_KVM:-/dev/kvm} vendor parameter value
    [[ -r $modules/kvm/parameters/exit_counters ]] || return 0
    if [[ $(<"$modules/kvm/parameters/exit_counters") == 0 ]]; then
        printf 'This KVM has exit counters, but they are off (exit_counters=0): using the lab.\n' >&2
        return
    fi
    if [[ ! -r $kvm || ! -w $kvm ]]; then
        printf 'This KVM has exit counters, but %s may not be opened (group kvm?): using the lab.\n' "$kvm" >&2
        return
    fi
    for vendor in kvm_intel:ept kvm_amd:npt; do
        parameter=$modules/${vendor%:*}/parameters/${vendor#*:}
        [[ -r $parameter ]] || continue
        case $(<"$parameter") in
            Y | 1) value=1 ;;
            *) value=0 ;;
        esac
        printf '%s=%s\n' "${vendor#*:}" "$value"
        return
    done
}

# Measures on this host's own KVM: measure_on_host SETTING WORK
measure_on_host() {
    local run=$2/$1 status=0
    mkdir -p "$run"
    SETTING_REQUESTED=$1 "$root/lab/describe-kvm" >"$run/l1.json"
    timeout 300 qemu-system-x86_64 -accel kvm -cpu max -machine pc -m 128M -smp "$vcpus" -nodefaults -no-user-config \
        -display none -vga none -no-reboot -chardev "file,id=serial,mux=on,path=$run/serial" -serial chardev:serial \
        -device virtio-serial-pci,ioeventfd=off,vectors=0 -device virtconsole,chardev=serial \
        -device isa-debug-exit,iobase=0xf4,iosize=0x4 -kernel "$guest" -append "$append" 2>"$log_folder/qemu-$1.log" || status=$?
    printf '%d\n' "$status" >"$run/status"
}

# Writes the job for one instruction set's settings: make_job WORK ISA SETTING...
make_job() {
    local job=$1/job-$2 number=0 setting run
    shift 2
    for setting; do
        number=$((number + 1))
        run=$job/runs/$number
        mkdir -p "$run"
        ln -s "$guest" "$run/kernel"
        printf '%s\n' "$setting" >"$run/setting"
        [[ -z $append ]] || printf '%s\n' "$append" >"$run/append"
        : >"$run/virtio-console"
        printf '%d\n' "$vcpus" >"$run/vcpus"
        printf '%s\n' "${huge_pages:-never}" >"$run/huge-pages"
        printf '300\n' >"$run/timeout"
    done
}

# Boots L1 for one instruction set and sorts its results by setting: run_job WORK ISA MODULES SETTING...
run_job() {
    local work=$1 isa=$2 modules=$3 number=0 setting status=0
    shift 3
    make_job "$work" "$isa" "$@"
    "$root/lab/boot" --l1 "$l1" --isa "$isa" --job "$work/job-$isa" --modules "$modules" --out "$work/out-$isa" || status=$?
    cp "$work/out-$isa/l1.log" "$log_folder/l1-$isa.log" || true
    cp "$work/out-$isa/emulator.log" "$log_folder/emulator-$isa.log" || true
    cp "$work/out-$isa/splats" "$log_folder/splats-$isa" || true
    for setting; do
        number=$((number + 1))
        [[ -e $work/out-$isa/$number/status ]] || return 1
        mv "$work/out-$isa/$number" "$work/$setting"
        cp "$work/out-$isa/l1.log" "$work/$setting/l1.log"
        [[ ! -s $work/$setting/qemu.log ]] || cp "$work/$setting/qemu.log" "$log_folder/qemu-$setting.log"
    done
    return "$status"
}

# Both instruction sets side by side, one emulator each.
run_jobs_side_by_side() {
    local work=$1 modules=$2 vmx=() svm=() setting status=0 pids=() pid
    for setting in "${settings[@]}"; do
        if [[ $setting == ept=* ]]; then vmx+=("$setting"); else svm+=("$setting"); fi
    done
    if ((${#vmx[@]})); then
        run_job "$work" vmx "$modules" "${vmx[@]}" &
        pids+=($!)
    fi
    if ((${#svm[@]})); then
        run_job "$work" svm "$modules" "${svm[@]}" &
        pids+=($!)
    fi
    for pid in "${pids[@]}"; do
        wait "$pid" || status=1
    done
    return "$status"
}

# Measures in the lab: measure_in_lab WORK
measure_in_lab() {
    local kernel modules
    stage "L1 kernel ($l1)" "$root/lab/build-kernel" --l1 "$l1" || return
    kernel=$stage_output
    stage 'patched KVM modules' "$root/scripts/build-kvm" --kernel-build "$kernel/build" || return
    modules=$stage_output
    stage "L1's base image" "$root/lab/build-image" "$kernel" || return
    stage "${settings[*]}" run_jobs_side_by_side "$1" "$modules"
}
