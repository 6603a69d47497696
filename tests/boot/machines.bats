# SPDX-FileCopyrightText: The exitscope authors
# SPDX-License-Identifier: MIT
#
# Memory from 16 MiB to 64 GiB, one to eight vCPUs, and every CPU model that QEMU has. Needs GUEST (set by ctest), qemu-system-x86.

load cells
load pvh

setup() {
    root=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
    pvh=$BATS_TEST_TMPDIR/pvh
}

# As far as it comes without counters: it has looked for the devices then.
no_counters='^# exact [0-9]+ record=error message="no exit counters: '

# The tables by which it is switched off lie at the end of the memory below 4 GiB.
@test "each size of memory, by multiboot 1 and PVH: the machine is switched off at the end" {
    make_pvh "$GUEST" "$pvh"
    for size in 16M 64M 128M 3G 4G 5G 64G; do
        for machine in pc q35 microvm; do
            for image in "$GUEST" "$pvh"; do
                cell "$size $machine ${image##*/}" 0 "$no_counters" --bare -action reboot=reset -serial chardev:serial \
                    -object "memory-backend-ram,id=memory,size=$size,reserve=off" -m "$size" -machine "$machine,memory-backend=memory" \
                    -kernel "$image" -append workloads=cpuid
            done
        done
    done
    end_cells
}

@test "one to eight vCPUs, and one more is refused by name" {
    for vcpus in {1..8}; do
        cell "$vcpus" 37 "$no_counters" -smp "$vcpus" -kernel "$GUEST" -append workloads=cpuid
    done
    cell 9 37 'record=error message="the machine has 9 virtual CPUs; this kernel is made for up to 8"' -smp 9 -kernel "$GUEST" -append workloads=cpuid
    cell "9, list" 39 '^# exact 3 record=end records=3 verdict=SKIP ' -smp 9 -kernel "$GUEST" -append "list workloads=cpuid"
    end_cells
}

# models: prints each of QEMU's CPU models, and whether it has 64-bit mode under TCG.
models() {
    python3 - <<'PYTHON'
import json, subprocess, sys
qemu = subprocess.Popen(["qemu-system-x86_64", "-accel", "tcg", "-machine", "none", "-nodefaults", "-display", "none", "-qmp", "stdio"],
                        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def ask(command, **arguments):
    qemu.stdin.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
    qemu.stdin.flush()
    while True:
        reply = json.loads(qemu.stdout.readline())
        if "return" in reply:
            return reply["return"]
        assert "error" not in reply, reply


qemu.stdout.readline()
ask("qmp_capabilities")
for model in sorted(item["name"] for item in ask("query-cpu-definitions")):
    if model != "host":  # needs KVM
        expanded = ask("query-cpu-model-expansion", type="full", model={"name": model})
        print(model, expanded["model"]["props"]["lm"])
ask("quit")
PYTHON
}

# The 32-bit ones are refused by name.
@test "each CPU model that QEMU has" {
    models >"$BATS_TEST_TMPDIR/models"
    for model in Nehalem Opteron_G1 EPYC qemu64 max; do
        grep -qx "$model True" "$BATS_TEST_TMPDIR/models"
    done
    for model in 486 qemu32; do
        grep -qx "$model False" "$BATS_TEST_TMPDIR/models"
    done
    while read -r model has_64_bit_mode; do
        pattern=$no_counters
        [ "$has_64_bit_mode" = True ] || pattern='^# ERROR: this CPU has no 64-bit mode \(CPUID 0x80000001, EDX bit 29\)'
        may_abort=yes cell "$model" 37 "$pattern" -cpu "$model" -kernel "$GUEST" -append workloads=cpuid
    done <"$BATS_TEST_TMPDIR/models"
    end_cells
}

@test "a CPU without 64-bit mode ends the machine where nothing takes its status, by any console" {
    for console in "-serial chardev:serial" "-device isa-debugcon,iobase=0xe9,chardev=serial"; do
        # shellcheck disable=SC2086 # several words
        cell "$console" 0 '^# ERROR: this CPU has no 64-bit mode' --bare $console -cpu qemu32 -kernel "$GUEST"
    done
    end_cells
}

@test "xAPIC" {
    cell pc 37 "$no_counters" -cpu max,-x2apic -smp 2 -kernel "$GUEST" -append workloads=cpuid
    end_cells
}

@test "x2APIC" {
    [[ $(qemu-system-x86_64 -accel tcg -cpu max,+x2apic -nodefaults -S -monitor stdio -display none <<<quit 2>&1) != *x2apic* ]] ||
        skip "this QEMU's TCG has no x2APIC"
    cell pc 37 "$no_counters" -cpu max,+x2apic -smp 2 -kernel "$GUEST" -append workloads=cpuid
    end_cells
}

# starts CPU: whether QEMU itself starts with it.
starts() {
    timeout 60 qemu-system-x86_64 -accel kvm -cpu "$1" -nodefaults -display none -S -monitor stdio <<<quit >"$BATS_TEST_TMPDIR/said" 2>&1
}

# Some clouds' KVM lets nobody write the MSR that QEMU then wants to write.
@test "the host's own CPU, with KVM" {
    [ -w /dev/kvm ] || skip "no KVM here"
    cpu=host
    starts $cpu || cpu=host,-arch-capabilities
    starts $cpu || skip "QEMU does not start with -cpu $cpu: $(tail -n 1 "$BATS_TEST_TMPDIR/said")"
    accelerator=kvm cell $cpu 37 "$no_counters" -cpu $cpu -kernel "$GUEST" -append workloads=cpuid
    end_cells
}
